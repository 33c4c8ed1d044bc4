package org.linli.sims.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.linli.sims.console.CannotRunException;
import picocli.CommandLine.Option;

/** The token for the hub's API. */
public final class TokenOptions {

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      defaultValue = "${env:LINLI_ADMIN_TOKEN}",
      description = "the hub's API token (the environment's LINLI_ADMIN_TOKEN)")
  private @Nullable String token;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "a file with the token, which a list of processes does not show")
  private @Nullable Path tokenFile;

  /**
   * The token; empty when none was given.
   *
   * @throws CannotRunException when its file cannot be read
   */
  public String token() throws CannotRunException {
    if (tokenFile != null) {
      try {
        return Files.readString(tokenFile).strip();
      } catch (IOException e) {
        throw CannotRunException.unusable(
            "The file %s of --token-file cannot be read.".formatted(tokenFile));
      }
    }
    return token == null ? "" : token;
  }
}
