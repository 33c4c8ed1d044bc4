package org.linli.edge.outbox.sqlite;

import java.sql.SQLException;
import java.time.Duration;
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
    return ask(tables -> new Done<>(tables.sessions().open(opening), tables.sessions().gone()))
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
    return ask(tables ->
            new Done<>(
                tables.sessions().subscribe(session, subscriptions), tables.sessions().gone()))
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
    var _ = change(sessions -> sessions.left(session, expiry));
  }

  private CompletableFuture<Void> change(Change change) {
    return ask(tables -> {
          change.on(tables.sessions());
          return new Done<>(true, tables.sessions().gone());
        })
        .thenAccept(done -> clients.removeAll(done.gone()));
  }

  private <T> CompletableFuture<T> ask(Request.OnTables.Work<T> work) {
    Request.OnTables<T> request = new Request.OnTables<>(work);
    if (!waiting.enter(request)) {
      request
          .done()
          .completeExceptionally(
              new OutboxUnavailableException(
                  "the gateway is stopping, or too much waits for its disk"));
    }
    return request.done();
  }
}
