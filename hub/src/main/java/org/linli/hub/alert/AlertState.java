package org.linli.hub.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.hub.people.Actor;

/** The state of an alert, and who brought it there. */
public sealed interface AlertState {

  /** Who did something, and when. */
  record Handled(Actor by, Instant at) {}

  /** Nobody has acknowledged it yet. */
  record Open() implements AlertState {}

  /** A person is handling it. */
  record Acknowledged(Handled handled) implements AlertState {}

  /**
   * It is over.
   *
   * @param acknowledged who had acknowledged it; null if nobody had
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
