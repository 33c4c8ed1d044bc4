package org.linli.hub.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.hub.people.Actor;

/** How far an alert has come, and by whom. */
public sealed interface AlertState {

  /** Who did something, and when. */
  record Handled(Actor by, Instant at) {}

  /** Nobody has said yet that they are handling it. */
  record Open() implements AlertState {}

  /** Somebody is handling it. */
  record Acknowledged(Handled handled) implements AlertState {}

  /**
   * Done.
   *
   * @param acknowledged who had seen to it; null where nobody had said so
   */
  record Resolved(@Nullable Handled acknowledged, Handled handled) implements AlertState {}

  default AlertStatus status() {
    return switch (this) {
      case Open() -> AlertStatus.OPEN;
      case Acknowledged(_) -> AlertStatus.ACKNOWLEDGED;
      case Resolved(_, _) -> AlertStatus.RESOLVED;
    };
  }
}
