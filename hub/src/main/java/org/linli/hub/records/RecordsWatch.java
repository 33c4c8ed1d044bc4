package org.linli.hub.records;

import java.time.Duration;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Looks every second whether the database of the records can be reached again, and is the component
 * {@code db} of the health page. What fails meanwhile in other threads because of it is no failure
 * of theirs. While a server is away this hub is not ready, so that a balancer may ask another one.
 */
@Component("dbHealthIndicator")
class RecordsWatch extends Ticker implements HealthIndicator {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Availability availability;
  private final RecordsReader reader;
  private final ApplicationAvailability states;
  private final ApplicationEventPublisher events;
  private boolean isRefusing;

  RecordsWatch(
      Availability availability,
      RecordsReader reader,
      ApplicationAvailability states,
      ApplicationEventPublisher events,
      LivingThreads threads) {
    super(threads, LivingThreads.Make.DAEMON, "records-watch", EVERY);
    this.availability = availability;
    this.reader = reader;
    this.states = states;
    this.events = events;
    threads.explainedBy(Availability::explains);
  }

  @Override
  protected void look() {
    availability.look();
    boolean isAway = availability.isOfServer() && availability.trouble() != null;
    if (isAway && states.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC) {
      isRefusing = true;
      AvailabilityChangeEvent.publish(events, this, ReadinessState.REFUSING_TRAFFIC);
    } else if (!isAway && isRefusing) {
      isRefusing = false;
      AvailabilityChangeEvent.publish(events, this, ReadinessState.ACCEPTING_TRAFFIC);
    }
  }

  @Override
  public Health health() {
    String trouble = availability.trouble();
    if (trouble != null) {
      return down(trouble);
    }
    if (availability.isOfServer()) {
      return Health.up().build();
    }
    try {
      reader.sql("SELECT 1").query(Integer.class).single();
      return Health.up().build();
    } catch (DataAccessException e) {
      return down("the records cannot be read: " + e.getMostSpecificCause().getMessage());
    }
  }

  private static Health down(String sentence) {
    return Health.status(new Status(Status.DOWN.getCode(), sentence)).build();
  }
}
