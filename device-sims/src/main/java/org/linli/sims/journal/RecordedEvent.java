package org.linli.sims.journal;

import java.time.Instant;

/** One event as it was offered, and what the device was told about it in the end. */
public final class RecordedEvent {

  private final long number;
  private final int connection;
  private final long timeMillis;
  private final String kind;
  private final String device;
  private final String type;
  private final int checksum;
  private final String id;
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

  /** The time that it carries. */
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

  public String id() {
    return id;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** How often it went out again for want of an answer. */
  public int repeats() {
    return repeats;
  }
}
