package org.linli.edge.intake.broker;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.AttachedBroker;
import org.linli.edge.intake.BrokerState;
import org.linli.edge.intake.BrokerState.BrokerLink;

/**
 * Holds the current {@link BrokerState}, and since when devices there are not heard. Written by the
 * door's thread alone.
 */
final class CurrentBrokerState {

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private volatile BrokerState state;
  private volatile Absence absence;

  /**
   * The time without a full connection, up to now or until the connection of now.
   *
   * @param since when it began, by the gateway's clock
   * @param began when it began, by {@code nanoTime}
   * @param ended when the connection of now began, by {@code nanoTime}; null while there is none
   */
  private record Absence(Instant since, long began, @Nullable Long ended) {

    boolean isOver(long now) {
      return ended != null && now - ended >= AttachedBroker.OVER_AFTER.toNanos();
    }

    boolean isReported(long now) {
      long end = ended == null ? now : ended;
      return !isOver(now) && end - began >= AttachedBroker.REPORTED_AFTER.toNanos();
    }
  }

  CurrentBrokerState(String broker, InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.state = new BrokerState(broker, BrokerLink.AWAY, clock.instant(), null, 0);
    this.absence = new Absence(clock.instant(), nanoTime.getAsLong(), null);
  }

  /** See {@link AttachedBroker#unheardSince}. */
  Optional<Instant> unheardSince() {
    Absence present = absence;
    return present.isReported(nanoTime.getAsLong())
        ? Optional.of(present.since())
        : Optional.empty();
  }

  BrokerState state() {
    return state;
  }

  void away() {
    note(BrokerLink.AWAY);
    become(BrokerLink.AWAY, null);
  }

  /** This gateway ended the connection, to have sent again what was not kept. */
  void hungUp() {
    become(BrokerLink.AWAY, null);
  }

  void refused(String problem) {
    note(BrokerLink.REFUSED);
    become(BrokerLink.REFUSED, problem);
  }

  /** Connected. {@code problem} is not null if the broker refuses a topic. */
  void attached(@Nullable String problem) {
    BrokerLink link = problem == null ? BrokerLink.ATTACHED : BrokerLink.REFUSED;
    note(link);
    become(link, problem);
  }

  void sessionLost() {
    BrokerState last = state;
    state =
        new BrokerState(
            last.broker(), last.link(), last.since(), last.problem(), last.sessionsLost() + 1);
  }

  private void become(BrokerLink link, @Nullable String problem) {
    BrokerState last = state;
    state =
        new BrokerState(
            last.broker(),
            link,
            last.link() == link ? last.since() : clock.instant(),
            problem,
            last.sessionsLost());
  }

  private void note(BrokerLink link) {
    Absence last = absence;
    long now = nanoTime.getAsLong();
    if (link == BrokerLink.ATTACHED) {
      absence = last.ended() == null ? new Absence(last.since(), last.began(), now) : last;
    } else if (last.ended() != null) {
      absence =
          last.isOver(now)
              ? new Absence(clock.instant(), now, null)
              : new Absence(last.since(), last.began(), null);
    }
  }
}
