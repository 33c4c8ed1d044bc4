package org.linli.edge.outbox.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.outbox.OutboxUnavailableException;

/** Sessions of MQTT clients beside the outbox. Its writer changes them in its group commits. */
final class SqliteSessions implements DeviceSessions {

  private final WaitingRoom waiting;

  /** Clients that have a session, so that all others are accepted without the disk. */
  private final Set<String> clients = ConcurrentHashMap.newKeySet();

  /**
   * How many requests for a session each client has pending: it may have one before this class
   * knows.
   */
  private final Map<String, Integer> asking = new ConcurrentHashMap<>();

  /**
   * Sessions whose connection has ended while the disk refused to note it, and how long they
   * outlive it. The next request notes it, before it does anything else.
   */
  private final Map<Long, Duration> unnoted = new ConcurrentHashMap<>();

  SqliteSessions(WaitingRoom waiting, Set<String> clients) {
    this.waiting = waiting;
    this.clients.addAll(clients);
  }

  /** The result of a change, and the clients that lost their session through it. */
  private record Done<T>(T found, List<String> gone) {}

  /** A change without a result. */
  @FunctionalInterface
  private interface Change {
    void on(SessionTable sessions) throws SQLException;
  }

  @Override
  public CompletableFuture<Opened> open(Opening opening) {
    String client = opening.client();
    // Checked in this order: once no request of a client is pending, its session is already in
    // clients.
    if (opening.expiry().isZero() && !asking.containsKey(client) && !clients.contains(client)) {
      return CompletableFuture.completedFuture(Opened.NOTHING);
    }
    asking.merge(client, 1, Integer::sum);
    return ask(sessions -> new Done<>(sessions.open(opening), sessions.gone()))
        .thenApply(
            done -> {
              clients.removeAll(done.gone());
              if (done.found().isKept()) {
                clients.add(client);
              } else {
                clients.remove(client);
              }
              return done.found();
            })
        .whenComplete(
            (opened, failed) ->
                asking.computeIfPresent(client, (of, times) -> times == 1 ? null : times - 1));
  }

  @Override
  public CompletableFuture<Void> release(long session, int packetId) {
    return change(sessions -> sessions.release(session, packetId));
  }

  @Override
  public CompletableFuture<Void> subscribe(long session, List<Subscription> subscriptions) {
    return ask(sessions -> new Done<>(sessions.subscribe(session, subscriptions), sessions.gone()))
        .thenAccept(
            done -> {
              clients.removeAll(done.gone());
              if (!done.found()) {
                throw new OutboxUnavailableException(
                    "subscriptions use up their share of the quota (linli.outbox.quota)");
              }
            });
  }

  @Override
  public CompletableFuture<Void> unsubscribe(long session, List<CommandAddress> addresses) {
    return change(sessions -> sessions.unsubscribe(session, addresses));
  }

  @Override
  public void progressed(long session, Subscription subscription) {
    var _ = change(sessions -> sessions.progressed(session, subscription));
  }

  @Override
  public void left(long session, Duration expiry) {
    var _ =
        change(sessions -> sessions.left(session, expiry))
            .whenComplete(
                (done, refused) -> {
                  if (refused != null) {
                    unnoted.put(session, expiry);
                  }
                });
  }

  private CompletableFuture<Void> change(Change change) {
    return ask(sessions -> {
          change.on(sessions);
          return new Done<>(true, sessions.gone());
        })
        .thenAccept(done -> clients.removeAll(done.gone()));
  }

  /** What a request does with the sessions. */
  @FunctionalInterface
  private interface Work<T> {
    T on(SessionTable sessions) throws SQLException;
  }

  private <T> CompletableFuture<T> ask(Work<T> work) {
    Map<Long, Duration> noted = new HashMap<>();
    Request.OnTables<T> request =
        new Request.OnTables<>(
            tables -> {
              noteEnds(tables.sessions(), noted);
              return work.on(tables.sessions());
            });
    if (!waiting.enter(request)) {
      request
          .done()
          .completeExceptionally(
              new OutboxUnavailableException(
                  "the gateway is stopping, or too much waits for its disk"));
    }
    return request
        .done()
        .whenComplete(
            (found, refused) -> {
              if (refused != null) {
                noted.forEach(unnoted::putIfAbsent);
              }
            });
  }

  /** Taken out at once: a later request of the same commit may follow a session that is resumed. */
  private void noteEnds(SessionTable sessions, Map<Long, Duration> noted) throws SQLException {
    for (Map.Entry<Long, Duration> left : unnoted.entrySet()) {
      noted.put(left.getKey(), left.getValue());
      unnoted.remove(left.getKey());
      sessions.left(left.getKey(), left.getValue());
    }
  }
}
