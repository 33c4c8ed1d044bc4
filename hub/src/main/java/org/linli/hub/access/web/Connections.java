package org.linli.hub.access.web;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.hub.access.OpenConnection;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every open connection to the pages and the API, so many and no more. Where they are all taken, a
 * newcomer gets the place of who has kept the hub waiting for the longest: so somebody who opens
 * connections and says nothing keeps out nobody. Half of them is the most that one address gets,
 * and beyond that its own go.
 */
final class Connections {

  private static final Logger log = LoggerFactory.getLogger(Connections.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** How many may be about to be closed, beyond those that are open. */
  static final int CLOSING = 32;

  private final int most;
  private final int mostOfAddress;
  private final LongSupplier nanoTime;
  private final Map<SocketChannel, OpenConnection> open = new ConcurrentHashMap<>();

  Connections(int most, LongSupplier nanoTime) {
    this.most = most;
    this.mostOfAddress = Math.max(1, most / 2);
    this.nanoTime = nanoTime;
  }

  int most() {
    return most;
  }

  /** Whether there is a place for a connection; called by one thread at a time. */
  boolean admit(SocketChannel channel) {
    OpenConnection newcomer;
    try {
      newcomer = new OpenConnection(channel, nanoTime);
    } catch (IOException gone) {
      return false;
    }
    if (open.size() >= mostOfAddress && !makeRoom(newcomer.address())) {
      limited
          .atWarn("refused")
          .addKeyValue("address", newcomer.address())
          .addKeyValue("open", open.size())
          .log("A connection to the console or API is refused: all others are at work");
      return false;
    }
    open.put(channel, newcomer);
    return true;
  }

  private boolean makeRoom(String address) {
    forgetClosed();
    Map<String, List<OpenConnection>> byAddress =
        open.values().stream()
            .filter(connection -> !connection.isCut())
            .collect(Collectors.groupingBy(OpenConnection::address));
    List<OpenConnection> own = byAddress.getOrDefault(address, List.of());
    if (own.size() >= mostOfAddress) {
      return closeOneOf(own);
    }
    long all = byAddress.values().stream().mapToLong(List::size).sum();
    return all < most
        ? open.size() < most + CLOSING
        : closeOneOf(byAddress.values().stream().max(Comparator.comparing(List::size)).orElse(own));
  }

  private boolean closeOneOf(List<OpenConnection> some) {
    Optional<OpenConnection> longest =
        some.stream()
            .filter(OpenConnection::mayGo)
            .max(Comparator.comparing(OpenConnection::nanosSoFar));
    longest.ifPresent(
        connection -> {
          limited
              .atWarn("crowded " + connection.address())
              .addKeyValue("address", connection.address())
              .addKeyValue("open", open.size())
              .log("Connections to the console or API are closed in favour of newer ones");
          connection.cut();
        });
    return longest.isPresent() && open.size() < most + CLOSING;
  }

  /** Ends what should have been done by now; called every second. */
  void closeTheLate() {
    forgetClosed();
    for (OpenConnection connection : open.values()) {
      if (!connection.isCut() && connection.isLate()) {
        limited
            .atInfo("late " + connection.address())
            .addKeyValue("address", connection.address())
            .log("A request to the console or API, or its answer, took too long and is ended");
        connection.cut();
      }
    }
  }

  private void forgetClosed() {
    open.values().removeIf(connection -> !connection.isOpen());
  }

  /** How many there are. */
  int size() {
    forgetClosed();
    return open.size();
  }

  /** Null for one that has just gone. */
  @Nullable OpenConnection of(SocketChannel channel) {
    return open.get(channel);
  }
}
