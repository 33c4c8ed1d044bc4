package org.linli.sims.program;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.sims.console.CannotRunException;

/**
 * How a hub is started.
 *
 * @param launch the script that starts it
 * @param data its data folder
 * @param broker the broker it attaches to; without one it listens itself, on {@code gatewayPort}
 * @param token for its API, at least 16 characters
 * @param settings additional ones, each as {@code --key=value}
 * @param javaOptions for Java, separated by spaces
 */
public record HubSetup(
    Path launch,
    Path data,
    Path log,
    int httpPort,
    int gatewayPort,
    @Nullable URI broker,
    String token,
    List<String> settings,
    String javaOptions) {

  /**
   * Starts it.
   *
   * @param more additional options for Java, for this start only
   * @throws CannotRunException when it cannot be started
   */
  public Program start(String more) throws CannotRunException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                launch.toString(),
                "hub",
                "--server.port=" + httpPort,
                broker == null
                    ? "--linli.gateway.port=" + gatewayPort
                    : "--linli.gateway.broker=" + broker));
    command.addAll(settings);
    Map<String, String> environment = new HashMap<>();
    environment.put("LINLI_DATA", data.toString());
    environment.put("LINLI_ADMIN_TOKEN", token);
    environment.put("LINLI_JAVA_OPTIONS", (javaOptions + " " + more).strip());
    return Program.start(command, environment, log);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }
}
