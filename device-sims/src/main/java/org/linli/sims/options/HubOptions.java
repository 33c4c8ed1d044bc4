package org.linli.sims.options;

import java.net.URI;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The hub to query. */
public final class HubOptions {

  @Option(
      names = "--hub",
      paramLabel = "URI",
      defaultValue = "http://127.0.0.1:8080",
      description = "the hub (${DEFAULT-VALUE})")
  private URI hub = URI.create("http://127.0.0.1:8080");

  @Mixin private TokenOptions token = new TokenOptions();

  /**
   * The hub's API.
   *
   * @throws CannotRunException when the token's file cannot be read
   */
  public JsonApi api() throws CannotRunException {
    return new JsonApi("hub", hub, token.token());
  }
}
