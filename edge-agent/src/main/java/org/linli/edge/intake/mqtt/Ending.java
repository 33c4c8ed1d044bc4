package org.linli.edge.intake.mqtt;

import java.util.Locale;
import java.util.Optional;

/** How a connection came to its end. */
enum Ending {
  /** The client said DISCONNECT, and everything is well. */
  DISCONNECTED,
  /** The client said DISCONNECT and wants its will published (MQTT 5 section 3.14.2.1). */
  DISCONNECTED_WITH_WILL,
  /** The same client came over another connection. */
  TAKEN_OVER,
  /** The client was silent for longer than it had said. */
  KEEP_ALIVE,
  /** The connection was reset or closed without a word. */
  RESET,
  /** The door could not take or not understand what came. */
  TURNED_AWAY,
  /** The gateway stops in order. */
  SHUT_DOWN;

  /** What people are told where the connection ended without a farewell. */
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
