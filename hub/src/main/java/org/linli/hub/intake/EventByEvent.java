package org.linli.hub.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.hub.intake.deadletter.DeadLetters;
import org.linli.hub.intake.deadletter.EventCopies;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.records.Undoable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.TransactionStatus;

/**
 * Gives each participant a batch under a savepoint and, if the participant fails, its events one by
 * one. An event that still fails becomes a dead letter and is reported; the participant is given
 * the events that follow, and the other participants are given all.
 */
final class EventByEvent implements Participation {

  /** The name under which failures to report a problem appear in dead letters. */
  static final String GATEWAY_ALERTS = "gateway-alerts";

  private static final Logger log = LoggerFactory.getLogger(EventByEvent.class);

  private final TransactionStatus transaction;
  private final List<BatchParticipant> participants;
  private final ApplicationEventPublisher publisher;
  private final DeadLetters deadLetters;
  private final EventCopies.Prepared copies;

  /**
   * @param copies of all events, made outside of the transaction
   */
  EventByEvent(
      TransactionStatus transaction,
      List<BatchParticipant> participants,
      ApplicationEventPublisher publisher,
      DeadLetters deadLetters,
      EventCopies.Prepared copies) {
    this.transaction = transaction;
    this.participants = participants;
    this.publisher = publisher;
    this.deadLetters = deadLetters;
    this.copies = copies;
  }

  @Override
  public void give(List<HubEvent> events) {
    for (BatchParticipant participant : participants) {
      if (failure(() -> participant.apply(events)) != null) {
        giveEach(participant, events);
      }
    }
  }

  private void giveEach(BatchParticipant participant, List<HubEvent> events) {
    HubEvent first = null;
    Throwable why = null;
    long failed = 0;
    for (HubEvent event : events) {
      Throwable thrown = failure(() -> participant.apply(List.of(event)));
      if (thrown != null) {
        deadLetters.keep(event, copies.of(event), participant.name(), thrown);
        failed++;
        if (first == null) {
          first = event;
          why = thrown;
        }
      }
    }
    if (first != null && why != null) {
      deadLetters.trim();
      tell(
          new ParticipantFailed(
              participant.name(),
              first.gateway(),
              failed,
              first.taken().event().device(),
              first.id(),
              why.toString(),
              first.receivedAt()),
          why);
    }
  }

  private void tell(ParticipantFailed failed, Throwable why) {
    log.atError()
        .addKeyValue("participant", failed.participant())
        .addKeyValue("gateway", failed.gateway())
        .addKeyValue("device", failed.device())
        .addKeyValue("event", failed.event())
        .addKeyValue("events", failed.events())
        .setCause(why)
        .log("Events could not be used and are kept as dead letters; they are in the history");
    Throwable untold = failure(() -> publisher.publishEvent(failed));
    if (untold != null) {
      log.atError()
          .addKeyValue("participant", failed.participant())
          .addKeyValue("gateway", failed.gateway())
          .setCause(untold)
          .log("No alert could be opened about it");
    }
  }

  @Override
  public void tell(LaneProblem problem) {
    Throwable thrown = failure(() -> publisher.publishEvent(problem));
    if (thrown != null) {
      keep(problem, thrown);
      deadLetters.trim();
      log.atError()
          .addKeyValue("gateway", problem.gateway())
          .addKeyValue("lane", problem.lane())
          .addKeyValue("problem", problem)
          .setCause(thrown)
          .log("No alert could be opened about a gateway; what was found is kept as a dead letter");
    }
  }

  private void keep(LaneProblem problem, Throwable thrown) {
    deadLetters.keep(
        "~%s~%d~%s~%d~%s~%s"
            .formatted(
                problem.gateway(),
                problem.epoch(),
                problem.lane(),
                problem.sequence(),
                problem.what(),
                GATEWAY_ALERTS),
        problem.at(),
        problem.gateway(),
        problem.lane(),
        "%s: %s, %s".formatted(GATEWAY_ALERTS, problem.what(), thrown),
        problem.toString());
  }

  private @Nullable Throwable failure(Runnable work) {
    return Undoable.defectOf(transaction, work);
  }
}
