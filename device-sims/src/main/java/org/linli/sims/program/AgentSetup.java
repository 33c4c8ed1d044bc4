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
 * How a gateway's agent is started.
 *
 * @param launch the script that starts it
 * @param data its data folder
 * @param hub the address of the hub, or of the broker that the hub is attached to
 * @param broker a broker where devices publish, in addition to the agent's own ports; null for none
 * @param settings as on its command line
 * @param javaOptions for Java, separated by spaces
 */
public record AgentSetup(
    Path launch,
    Path data,
    Path log,
    String gateway,
    Doors doors,
    URI hub,
    @Nullable URI broker,
    List<String> settings,
    String javaOptions) {

  /** The ports that it listens on. */
  public record Doors(int http, int mqtt, int coap) {

    /** Ports on which nothing listens now. */
    public static Doors free() {
      return new Doors(FreePort.tcp(), FreePort.tcp(), FreePort.udp());
    }
  }

  public AgentSetup {
    settings = List.copyOf(settings);
  }

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
                "edge-agent",
                "--server.port=" + doors.http(),
                "--linli.mqtt.port=" + doors.mqtt(),
                "--linli.coap.port=" + doors.coap()));
    command.addAll(settings);
    Map<String, String> environment = new HashMap<>();
    environment.put("LINLI_DATA", data.toString());
    environment.put("LINLI_GATEWAY_ID", gateway);
    environment.put("LINLI_HUB_URI", hub.toString());
    if (broker != null) {
      environment.put("LINLI_BROKER_URI", broker.toString());
    }
    environment.put("LINLI_JAVA_OPTIONS", (javaOptions + " " + more).strip());
    return Program.start(command, environment, log);
  }

  /** The same gateway with another folder and other ports, and not attached to a broker. */
  public AgentSetup elsewhere(Path otherData, Path otherLog, Doors otherDoors) {
    return new AgentSetup(
        launch, otherData, otherLog, gateway, otherDoors, hub, null, settings, javaOptions);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + doors.http());
  }
}
