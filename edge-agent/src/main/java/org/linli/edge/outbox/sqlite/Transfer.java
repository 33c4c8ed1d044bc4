package org.linli.edge.outbox.sqlite;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.outbox.UplinkQueue;
import org.linli.event.Batch;
import org.linli.event.Counts;
import org.linli.event.Lane;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;

/**
 * What the outbox does for the uplink: gives it the rows that wait, and moves on as the hub has
 * them. What changes the file is a request to the writer thread. Safe for any thread.
 */
final class Transfer {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(SqliteOutbox.class));

  private final WaitingRoom waiting;
  private final OutboxReader reader;
  private final CommitLoop loop;
  private final Path file;

  Transfer(OutboxParts parts) {
    waiting = parts.waiting();
    reader = parts.reader();
    loop = parts.loop();
    file = parts.database().file();
  }

  /**
   * As {@link UplinkQueue#startEpoch}.
   *
   * @throws OutboxUnavailableException when the disk refuses, or when no epoch is left; the epoch
   *     has not changed
   */
  long startEpoch(long above) {
    long highest = Math.max(above, loop.committed().epoch());
    if (highest >= Counts.LARGEST) {
      throw new OutboxUnavailableException(
          "the hub knows epoch %d of this gateway, and none can come after it. Another program used the gateway's identity: remove that epoch at the hub (docs/operating.md)"
              .formatted(highest));
    }
    return ask(done -> new Request.StartEpoch(above, done));
  }

  private long ask(Function<CompletableFuture<Long>, Request> question) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    if (!waiting.enter(question.apply(done))) {
      throw new OutboxUnavailableException("the gateway is stopping");
    }
    try {
      return done.join();
    } catch (CompletionException e) {
      throw new OutboxUnavailableException(String.valueOf(e.getCause()), e);
    }
  }

  /**
   * As {@link UplinkQueue#next}.
   *
   * <p>A row that the disk has damaged is given up, counted as shed and kept in table {@code
   * damaged_row}, so that the rows behind it can be sent.
   *
   * @throws OutboxUnavailableException when the disk refuses
   */
  Optional<Batch> next(Lane lane, long after, int maxEvents) {
    while (true) {
      switch (reader.find(lane, after, maxEvents)) {
        case RowReader.Found.Nothing() -> {
          return Optional.empty();
        }
        case RowReader.Found.Rows(Batch batch) -> {
          return Optional.of(batch);
        }
        case RowReader.Found.NotYet() -> ask(done -> new Request.Extend(lane, maxEvents, done));
        case RowReader.Found.Damaged damaged -> {
          limited
              .atError("damaged")
              .addKeyValue("file", file)
              .addKeyValue("lane", lane)
              .addKeyValue("sequence", damaged.sequence())
              .addKeyValue("events", damaged.events())
              .addKeyValue("why", damaged.detail())
              .log("a row of the outbox is damaged; its events are given up");
          ask(done -> new Request.GiveUpRow(lane, damaged.position(), done));
        }
      }
    }
  }

  /**
   * As {@link UplinkQueue#giveUpRow}.
   *
   * <p>It is counted as shed and kept in table {@code damaged_row}.
   *
   * @throws OutboxUnavailableException when the disk refuses
   */
  void giveUpRow(Lane lane, long sequence) {
    long position = loop.committed().lane(lane).epochBase() + sequence;
    ask(done -> new Request.GiveUpRow(lane, position, done));
  }

  /**
   * As {@link UplinkQueue#receipted}.
   *
   * <p>The writer does it in one of its next commits. A repeated call changes nothing. A sequence
   * that this epoch has not reached is logged and otherwise ignored.
   */
  void receipted(Lane lane, long sequence) {
    LaneTotals totals = loop.committed().lane(lane);
    if (sequence > totals.sequence()) {
      limited
          .atWarn("never-sent")
          .addKeyValue("lane", lane)
          .addKeyValue("sequence", sequence)
          .addKeyValue("last", totals.sequence())
          .log("a receipt for what was never sent is ignored");
      return;
    }
    long position = totals.epochBase() + sequence;
    if (position > totals.receiptedPosition()) {
      waiting.enterReceipt(lane, position);
    }
  }

  /**
   * As {@link UplinkQueue#settle}.
   *
   * @throws OutboxUnavailableException when the disk refuses
   */
  void settle(Map<Lane, Long> hubHas) {
    hubHas.forEach(this::receipted);
    ask(Request.Settle::new);
  }
}
