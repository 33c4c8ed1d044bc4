package org.linli.edge.intake.mqtt;

import java.util.Locale;
import java.util.Optional;

/** How a connection ended. */
enum ConnectionEnd {
  /** The client sent DISCONNECT, without an error. */
  DISCONNECTED,
  /** The client sent DISCONNECT and wants its will published (MQTT 5 section 3.14.2.1). */
  DISCONNECTED_WITH_WILL,
  /** The same client connected again. */
  TAKEN_OVER,
  /** The client was silent for longer than its keep-alive allows. */
  KEEP_ALIVE,
  /** The connection was reset or closed without DISCONNECT. */
  RESET,
  /** The door could not accept or understand a packet. */
  TURNED_AWAY,
  /** The gateway stops in order. */
  SHUT_DOWN;

  /** The cause for people, if the connection ended without DISCONNECT. */
  Optional<String> why() {
    return switch (this) {
      case DISCONNECTED, DISCONNECTED_WITH_WILL, SHUT_DOWN -> Optional.empty();
      case TAKEN_OVER, KEEP_ALIVE, RESET, TURNED_AWAY ->
          Optional.of(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    };
  }

  /** Whether the will of the client is to be published: MQTT 5 section 3.1.2.5. */
  boolean leavesWill() {
    return switch (this) {
      case DISCONNECTED, SHUT_DOWN -> false;
      case DISCONNECTED_WITH_WILL, TAKEN_OVER, KEEP_ALIVE, RESET, TURNED_AWAY -> true;
    };
  }
}
