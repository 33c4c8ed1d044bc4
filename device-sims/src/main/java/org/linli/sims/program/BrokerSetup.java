package org.linli.sims.program;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.linli.sims.console.CannotRunException;

/**
 * A Mosquitto with the configuration of docs/attached.md, so that it keeps what it acknowledged as
 * long as it is not killed.
 *
 * @param folder for its configuration and state
 */
public record BrokerSetup(Path folder, Path log, int port) {

  private static final List<String> PLACES =
      List.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto");

  /**
   * Starts it.
   *
   * @throws CannotRunException when Mosquitto is not installed, or its folder cannot be written
   */
  public Program start() throws CannotRunException {
    Path configuration = folder.resolve("mosquitto.conf");
    try {
      Files.createDirectories(folder);
      Files.writeString(configuration, text());
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "%s cannot be written: %s.".formatted(configuration, e.getMessage()));
    }
    return Program.start(List.of(find().toString(), "-c", configuration.toString()), Map.of(), log);
  }

  public URI uri() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  /**
   * The configuration. It sets the user, because Mosquitto started by root would change to a user
   * that does not own the folder.
   */
  private String text() {
    return """
    listener %d 127.0.0.1
    user %s
    allow_anonymous true
    persistence true
    persistence_location %s/
    autosave_interval 1
    max_queued_messages 0
    max_inflight_messages 64
    persistent_client_expiration 8d
    set_tcp_nodelay true
    """
        .formatted(port, System.getProperty("user.name"), folder);
  }

  private static Path find() throws CannotRunException {
    Stream<Path> onPath =
        Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
            .map(folder -> Path.of(folder, "mosquitto"));
    return Stream.concat(onPath, PLACES.stream().map(Path::of))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                CannotRunException.unusable(
                    "There is no mosquitto here: install it (apt install mosquitto), or leave out"
                        + " --attached."));
  }
}
