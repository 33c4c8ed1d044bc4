package org.linli.event;

import java.util.List;

/**
 * What a gateway sends to the hub: the events of the outbox rows {@code first} to {@code last} of
 * one lane. A row's sequence counts group commits, from 1 in each epoch and lane; a batch always
 * ends with a whole row.
 *
 * @param gateway the sender
 * @param epoch which life of the gateway's outbox the sequences belong to, from 1
 * @param lane the queue
 * @param first sequence of the first row
 * @param last sequence of the last row, at least {@code first}
 * @param before the digest of the lane up to the row before {@code first}
 * @param digest the digest of the lane up to {@code last}
 * @param ledger the gateway's count of this lane at {@code last}
 * @param shed what was shed in the gap before {@code first} and inside the batch, oldest first
 * @param events in the order in which the gateway took them
 * @throws IllegalArgumentException from the constructor when a sequence or one of the limits below
 *     is broken
 */
public record Batch(
    GatewayId gateway,
    long epoch,
    Lane lane,
    long first,
    long last,
    Digest before,
    Digest digest,
    LaneLedger ledger,
    List<ShedRange> shed,
    List<TakenEvent> events) {

  /** The most events in a batch, so that a hostile one cannot fill the heap. */
  public static final int MAX_EVENTS = 20_000;

  /** The most values in all events of a batch together. */
  public static final int MAX_VALUES = 200_000;

  /** The most counts of lost events in a batch, one for each range and device. */
  public static final int MAX_SHED_COUNTS = 100_000;

  public Batch {
    if (epoch < 1 || first < 1 || last < first) {
      throw new IllegalArgumentException(
          "epoch %d and sequences %d to %d must count from 1 and rise"
              .formatted(epoch, first, last));
    }
    Counts.require("epoch", epoch, 1);
    Counts.require("the last sequence", last, 1);
    requireRoom(events);
    long counts = 0;
    for (ShedRange range : shed) {
      counts += 1 + range.eventsByDevice().size();
    }
    if (counts > MAX_SHED_COUNTS) {
      throw new IllegalArgumentException(
          "a batch has "
              + counts
              + " counts of lost events, at most "
              + MAX_SHED_COUNTS
              + " are allowed");
    }
    shed = List.copyOf(shed);
    events = List.copyOf(events);
  }

  /** Enforces the limits on the events of a batch, which are also those of an outbox row. */
  public static void requireRoom(List<TakenEvent> events) {
    if (events.size() > MAX_EVENTS) {
      throw new IllegalArgumentException(
          "a batch has " + events.size() + " events, at most " + MAX_EVENTS + " are allowed");
    }
    long values = 0;
    for (TakenEvent taken : events) {
      values += taken.event().values().size();
    }
    if (values > MAX_VALUES) {
      throw new IllegalArgumentException(
          "a batch has " + values + " values, at most " + MAX_VALUES + " are allowed");
    }
  }
}
