package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.OutboxState;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.profile.Interpreted;
import org.linli.event.Lane;
import org.linli.program.thread.Guard;
import org.linli.program.thread.OutOfMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer thread: takes what waits, commits it, answers, and begins again. What comes during an
 * fsync makes the next group, so a crowd shares one fsync and a lone device waits for no other.
 */
final class CommitLoop {

  private static final Logger log = LoggerFactory.getLogger(CommitLoop.class);
  private static final long IDLE_MILLIS = 1_000;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 250;
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Empty pages that stay in the file for the next rows, and those given back in one step. */
  private static final int FREE_PAGES_KEPT = 1_024;

  private static final int PAGES_GIVEN_BACK_AT_ONCE = 1_024;

  private final OutboxDatabase database;
  private final WaitingRoom waiting;
  private final WriterSource writers;
  private final InstantSource clock;
  private final Reserve reserve;
  private final Guard guard;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<Lane, Long> receipts = new EnumMap<>(Lane.class);

  /** What waits until every receipt is worked off. */
  private final List<Request> afterReceipts = new ArrayList<>();

  private long lookAtReserve = System.nanoTime() + BETWEEN_LOOKS_NANOS;

  /** Null after a failure, until the disk was read again. */
  private @Nullable GroupWriter writer;

  private volatile Totals committed;
  private volatile OutboxState state = new OutboxState.Working();
  private volatile long commits;
  private volatile long commitNanos;

  /** Makes a writer of what the disk has. */
  @FunctionalInterface
  interface WriterSource {
    GroupWriter on(Connection connection) throws SQLException;
  }

  CommitLoop(
      OutboxDatabase database,
      WaitingRoom waiting,
      WriterSource writers,
      InstantSource clock,
      Reserve reserve,
      Guard guard)
      throws SQLException {
    this.database = database;
    this.waiting = waiting;
    this.writers = writers;
    this.clock = clock;
    this.reserve = reserve;
    this.guard = guard;
    GroupWriter first = writers.on(database.writer());
    this.writer = first;
    this.committed = first.committed();
  }

  void onCommit(Runnable listener) {
    listeners.add(listener);
  }

  Totals committed() {
    return committed;
  }

  OutboxState state() {
    return state;
  }

  long commits() {
    return commits;
  }

  long commitNanos() {
    return commitNanos;
  }

  /** Until the waiting room is closed and empty; begun anew after what it throws. */
  void run() {
    boolean last = false;
    while (!last) {
      WaitingRoom.Group group =
          waiting.leave(isWorkLeft() ? 0 : IDLE_MILLIS, TimeUnit.MILLISECONDS);
      last = group.last();
      commitOrRefuse(group);
      if (group.isEmpty() && !isWorkLeft() && state instanceof OutboxState.Working) {
        giveBackSpace();
      }
      keepReserve();
    }
    stop();
  }

  /** Whether something that was asked for earlier is not done yet. */
  private boolean isWorkLeft() {
    return !receipts.isEmpty() || !afterReceipts.isEmpty() || writer != null && writer.isShedding();
  }

  private void commitOrRefuse(WaitingRoom.Group group) {
    group.receipts().forEach((lane, position) -> receipts.merge(lane, position, Math::max));
    GroupWriter.Work work = work(group);
    boolean nothingToDo =
        work.messages().isEmpty() && work.receipts().isEmpty() && work.requests().isEmpty();
    boolean isWorking = state instanceof OutboxState.Working;
    if (nothingToDo && isWorking && (writer == null || !writer.isDue())) {
      return;
    }
    Totals before = committed;
    try {
      GroupWriter present = writer();
      long start = System.nanoTime();
      if (nothingToDo && !isWorking) {
        present.probe();
      } else {
        present.write(work);
      }
      commitNanos = commitNanos + System.nanoTime() - start;
      commits = commits + 1;
      committed = present.committed();
    } catch (SQLException e) {
      refuse(work, DiskTrouble.sentence(database.file(), e), e);
      return;
    } catch (RuntimeException | Error e) {
      guard.failed(e);
      refuse(work, "the gateway could not write this down: " + e, e);
      return;
    }
    recovered();
    receipts.entrySet().removeIf(this::isReached);
    answer(work);
    if (committed.urgent().position() > before.urgent().position()
        || committed.bulk().position() > before.bulk().position()) {
      listeners.forEach(listener -> guarded("a listener", listener));
    }
  }

  private GroupWriter writer() throws SQLException {
    @Nullable GroupWriter present = writer;
    if (present == null) {
      database.reopenWriter();
      present = writers.on(database.writer());
      committed = present.committed();
      writer = present;
    }
    return present;
  }

  /**
   * A new epoch waits until every receipt is worked off: what the hub has must not be numbered
   * anew. So does the settling of what was given up: what the hub has is not lost.
   */
  private GroupWriter.Work work(WaitingRoom.Group group) {
    List<Request> requests = new ArrayList<>();
    for (Request request : group.requests()) {
      switch (request) {
        case Request.StartEpoch start -> afterReceipts.add(start);
        case Request.Settle settle -> afterReceipts.add(settle);
        case Request.Extend extend -> requests.add(extend);
        case Request.GiveUpRow row -> requests.add(row);
        case Request.OnTables<?> tables -> requests.add(tables);
      }
    }
    if (receipts.isEmpty()) {
      requests.addAll(afterReceipts);
      afterReceipts.clear();
    }
    return new GroupWriter.Work(inTurn(group.messages()), Map.copyOf(receipts), requests);
  }

  private static List<Interpreted> inTurn(List<Interpreted> messages) {
    List<Interpreted> inTurn = new ArrayList<>(messages.size());
    for (Interpreted message : messages) {
      if (message.message().reply().isInTurn()) {
        inTurn.add(message);
      } else {
        notKept(message, "what this device said before could not be kept");
      }
    }
    return inTurn;
  }

  private boolean isReached(Map.Entry<Lane, Long> receipt) {
    return committed.lane(receipt.getKey()).receiptedPosition() >= receipt.getValue();
  }

  private void answer(GroupWriter.Work work) {
    for (Interpreted message : work.messages()) {
      guarded(
          message.message().source(),
          switch (message) {
            case Interpreted.Understood understood -> understood.message().reply()::taken;
            case Interpreted.PassedOver passed -> passed.message().reply()::taken;
            case Interpreted.Refused refused ->
                () -> refused.message().reply().refused(refused.refusal());
          });
    }
    work.requests().forEach(request -> request.committed(committed));
  }

  private void refuse(GroupWriter.Work work, String why, Throwable cause) {
    writer = null;
    if (cause instanceof SQLException trouble && DiskTrouble.isFull(trouble)) {
      reserve.release();
    }
    if (state instanceof OutboxState.Working) {
      log.atError()
          .addKeyValue("why", why)
          .setCause(cause)
          .log("the outbox takes nothing until this is mended");
      state = new OutboxState.Refusing(Instant.ofEpochMilli(clock.millis()), why);
    } else if (state instanceof OutboxState.Refusing refusing) {
      state = new OutboxState.Refusing(refusing.since(), why);
    }
    for (Interpreted message : work.messages()) {
      notKept(message, why);
    }
    for (Request request : work.requests()) {
      request.done().completeExceptionally(new OutboxUnavailableException(why));
    }
    pause();
  }

  private static void notKept(Interpreted message, String why) {
    guarded(message.message().source(), message::notKept);
    guarded(message.message().source(), () -> message.message().reply().unavailable(why));
  }

  private void recovered() {
    if (state instanceof OutboxState.Refusing refusing) {
      log.atInfo().addKeyValue("since", refusing.since()).log("the outbox takes messages again");
      state = new OutboxState.Working();
      guard.succeeded();
    }
  }

  /** Somebody else's code must not end the writer. */
  private static void guarded(String whose, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      OutOfMemory.endsTheProgram(e);
      log.atWarn().addKeyValue("whose", whose).setCause(e).log("an answer could not be given");
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE_MILLIS);
    } catch (InterruptedException e) {
      // The next try comes a little earlier.
    }
  }

  private void giveBackSpace() {
    try {
      if (database.freePages() > FREE_PAGES_KEPT) {
        database.giveBack(PAGES_GIVEN_BACK_AT_ONCE);
      }
    } catch (SQLException e) {
      log.atWarn().addKeyValue("why", e.getMessage()).log("empty pages could not be given back");
    }
  }

  private void keepReserve() {
    long now = System.nanoTime();
    if (state instanceof OutboxState.Working && now - lookAtReserve >= 0) {
      lookAtReserve = now + BETWEEN_LOOKS_NANOS;
      reserve.fill();
    }
  }

  private void stop() {
    waiting.close();
    WaitingRoom.Group rest = waiting.leave(0, TimeUnit.MILLISECONDS);
    List<Request> requests = new ArrayList<>(rest.requests());
    requests.addAll(afterReceipts);
    String why = "the gateway is stopping";
    rest.messages()
        .forEach(
            message ->
                guarded(
                    message.message().source(), () -> message.message().reply().unavailable(why)));
    requests.forEach(
        request -> request.done().completeExceptionally(new OutboxUnavailableException(why)));
  }
}
