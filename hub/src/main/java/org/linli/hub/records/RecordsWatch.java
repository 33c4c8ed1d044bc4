package org.linli.hub.records;

import java.time.Duration;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Looks every second whether the database of the records can be reached again, and is the component
 * {@code db} of the health page. What fails meanwhile in other threads because of it is no failure
 * of theirs.
 */
@Component("dbHealthIndicator")
class RecordsWatch extends Ticker implements HealthIndicator {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Availability availability;
  private final RecordsReader reader;

  RecordsWatch(Availability availability, RecordsReader reader, LivingThreads threads) {
    super(threads, LivingThreads.Make.DAEMON, "records-watch", EVERY);
    this.availability = availability;
    this.reader = reader;
    threads.explainedBy(Availability::explains);
  }

  @Override
  protected void look() {
    availability.look();
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
