package org.linli.program.mqtt;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT server, and who the client is there.
 *
 * @param server {@code mqtt://host:port}
 * @param user user name, if the server needs one
 * @param password password, if the server needs one
 */
public record MqttAccount(
    URI server, String clientId, @Nullable String user, @Nullable String password) {

  /** The server's address in the form that Paho needs. */
  String tcp() {
    return "tcp://" + server.getHost() + ":" + server.getPort();
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return clientId + " at " + server;
  }
}
