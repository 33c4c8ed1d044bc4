package org.linli.edge.intake.broker;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.BrokerState;
import org.linli.edge.intake.BrokerState.Link;

/** Holds the current {@link BrokerState}; written by the door's thread alone. */
final class CurrentBrokerState {

  private final InstantSource clock;
  private volatile BrokerState state;

  CurrentBrokerState(String broker, InstantSource clock) {
    this.clock = clock;
    this.state = new BrokerState(broker, Link.AWAY, clock.instant(), null, 0);
  }

  BrokerState state() {
    return state;
  }

  void away() {
    become(Link.AWAY, null);
  }

  void refused(String problem) {
    become(Link.REFUSED, problem);
  }

  /** Connected. {@code problem} is not null if the broker refuses a topic. */
  void attached(@Nullable String problem) {
    become(problem == null ? Link.ATTACHED : Link.REFUSED, problem);
  }

  void sessionLost() {
    BrokerState last = state;
    state =
        new BrokerState(
            last.broker(), last.link(), last.since(), last.problem(), last.sessionsLost() + 1);
  }

  private void become(Link link, @Nullable String problem) {
    BrokerState last = state;
    state =
        new BrokerState(
            last.broker(),
            link,
            last.link() == link ? last.since() : clock.instant(),
            problem,
            last.sessionsLost());
  }
}
