package org.linli.edge.outbox.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.outbox.OutboxUnavailableException;

/** Sessions of MQTT clients beside the outbox, changed by its writer with its group commits. */
final class SqliteSessions implements DeviceSessions {

  private final WaitingRoom waiting;

  /** Clients that may have a session, so that everybody else is let in without the disk. */
  private final Set<String> clients = ConcurrentHashMap.newKeySet();

  SqliteSessions(WaitingRoom waiting, Set<String> clients) {
    this.waiting = waiting;
    this.clients.addAll(clients);
  }

  /** Something done to the table, and the clients that have no session any more because of it. */
  private record Done<T>(T found, List<String> gone) {}

  /** A change that finds nothing out. */
  @FunctionalInterface
  private interface Change {
    void on(SessionTable sessions) throws SQLException;
  }

  @Override
  public CompletableFuture<Opened> open(Opening opening) {
    String client = opening.client();
    if (opening.expiry().isZero() && !clients.contains(client)) {
      return CompletableFuture.completedFuture(Opened.NOTHING);
    }
    clients.add(client);
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
            });
  }

  @Override
  public CompletableFuture<Void> release(long session, int packetId) {
    return change(sessions -> sessions.release(session, packetId));
  }

  @Override
  public CompletableFuture<Void> subscribe(long session, List<Subscription> subscriptions) {
    return change(sessions -> sessions.subscribe(session, subscriptions));
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
