package org.linli.hub.alert.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Values;
import org.linli.rules.Position;
import org.linli.rules.RuleState;

/**
 * What a rule remembers of a device, and the event an alert would be about.
 *
 * @param event id of that event
 * @param happenedAt its time
 * @param values what it carried, while an alert about it is due later; otherwise null
 */
public record Watched(
    Kind kind, RuleState watch, String event, Instant happenedAt, @Nullable Values values) {

  /** Returns the gateway from which the newest remembered event came. */
  GatewayId gateway() {
    return switch (watch) {
      case RuleState.Unseen() -> throw new IllegalStateException("nothing is remembered");
      case RuleState.Quiet(Position last) -> last.gateway();
      case RuleState.Counting(Position last, _) -> last.gateway();
      case RuleState.Waiting(Position last, _) -> last.gateway();
      case RuleState.Raised(Position last) -> last.gateway();
    };
  }
}
