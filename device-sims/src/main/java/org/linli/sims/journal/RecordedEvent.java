package org.linli.sims.journal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.sims.equipment.Expectation;

/** One offered event, or message in a vendor's format, and the final answer to it. */
public final class RecordedEvent {

  private final long number;
  private final int connection;
  private final long timeMillis;
  private final String kind;
  private final String device;
  private final String type;
  private final int checksum;
  private final String id;
  private final @Nullable Expectation expectation;
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
    this.expectation = null;
  }

  RecordedEvent(
      long number, int connection, long timeMillis, String device, Expectation expectation) {
    this.number = number;
    this.connection = connection;
    this.timeMillis = timeMillis;
    this.kind = expectation.kind().wireName();
    this.device = device;
    this.type = expectation.type();
    this.checksum = 0;
    this.id = expectation.mark();
    this.expectation = expectation;
  }

  /** The strongest answer counts: an acknowledgement cannot be withdrawn. */
  void concluded(Outcome said) {
    if (said.compareTo(outcome) > 0) {
      outcome = said;
    }
  }

  void repeated() {
    repeats++;
  }

  /** Its number among the events of its run, from 0. */
  public long number() {
    return number;
  }

  public int connection() {
    return connection;
  }

  /** The event's own time; for a message, when it was meant to leave. */
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

  /** The checksum of {@link Content}. */
  public int checksum() {
    return checksum;
  }

  /** What identifies it: the event's id, or a message's mark; empty for none. */
  public String id() {
    return id;
  }

  /** What the hub must make of a message in a vendor's format; empty for an event in Linli's. */
  public Optional<Expectation> expectation() {
    return Optional.ofNullable(expectation);
  }

  public Outcome outcome() {
    return outcome;
  }

  /** How often it was sent again for lack of an answer. */
  public int repeats() {
    return repeats;
  }
}
