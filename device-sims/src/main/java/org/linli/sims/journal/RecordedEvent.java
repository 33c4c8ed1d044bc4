package org.linli.sims.journal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.sims.equipment.Told;

/**
 * One event, or one message in a make's format, as it was offered, and what the device was told
 * about it in the end.
 */
public final class RecordedEvent {

  private final long number;
  private final int connection;
  private final long timeMillis;
  private final String kind;
  private final String device;
  private final String type;
  private final int checksum;
  private final String id;
  private final @Nullable Told told;
  private Outcome outcome = Outcome.UNKNOWN;
  private int repeats;

  RecordedEvent(
      long number,
      int connection,
      long timeMillis,
      String kind,
      String device,
      String type,
      int checksum,
      String id) {
    this.number = number;
    this.connection = connection;
    this.timeMillis = timeMillis;
    this.kind = kind;
    this.device = device;
    this.type = type;
    this.checksum = checksum;
    this.id = id;
    this.told = null;
  }

  RecordedEvent(long number, int connection, long timeMillis, String device, Told told) {
    this.number = number;
    this.connection = connection;
    this.timeMillis = timeMillis;
    this.kind = told.kind().wireName();
    this.device = device;
    this.type = told.type();
    this.checksum = 0;
    this.id = told.mark();
    this.told = told;
  }

  /** The more that was said the more it counts: an acknowledgement cannot be taken back. */
  void concluded(Outcome said) {
    if (said.compareTo(outcome) > 0) {
      outcome = said;
    }
  }

  void repeated() {
    repeats++;
  }

  /** Its place among the events of its run, from 0. */
  public long number() {
    return number;
  }

  public int connection() {
    return connection;
  }

  /** The time that it carries; of a message, when it was meant to leave. */
  public Instant time() {
    return Instant.ofEpochMilli(timeMillis);
  }

  public String kind() {
    return kind;
  }

  public String device() {
    return device;
  }

  public String type() {
    return type;
  }

  /** As {@link Content} makes it. */
  public int checksum() {
    return checksum;
  }

  /** What it is recognised by: the event's id, or a message's mark; empty where it has none. */
  public String id() {
    return id;
  }

  /** What must be at the hub of a message in a make's format; empty for an event of Linli's. */
  public Optional<Told> told() {
    return Optional.ofNullable(told);
  }

  public Outcome outcome() {
    return outcome;
  }

  /** How often it went out again for want of an answer. */
  public int repeats() {
    return repeats;
  }
}
