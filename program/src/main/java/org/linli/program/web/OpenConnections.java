package org.linli.program.web;

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
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of a web server, up to a limit. At the limit, a new connection replaces an
 * old one: of the address with the most connections, the one that has kept the server waiting for
 * the longest. So a client that opens connections and stays silent keeps out nobody. One address
 * gets at most half of all connections; beyond that it loses its own. Thread-safe.
 */
public final class OpenConnections {

  private static final Logger log = LoggerFactory.getLogger(OpenConnections.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** The most connections that may be closing, in addition to those that are open. */
  public static final int CLOSING = 32;

  /** Hears of what reaches no code of the program. Called by several threads. */
  public interface Unserved {

    /** Counts nothing. */
    Unserved UNCOUNTED =
        new Unserved() {
          @Override
          public void turnedAway() {}

          @Override
          public void brokenOff() {}
        };

    /** A connection is refused, or closed for another. */
    void turnedAway();

    /** A connection ended within the head of a request. */
    void brokenOff();
  }

  private final String server;
  private final int most;
  private final int mostOfAddress;
  private final Deadlines deadlines;
  private final LongSupplier nanoTime;
  private final Unserved unserved;
  private final Map<SocketChannel, OpenConnection> open = new ConcurrentHashMap<>();

  /**
   * @param server the server's name, for the log
   * @param most open at a time
   */
  public OpenConnections(String server, int most, Deadlines deadlines) {
    this(server, most, deadlines, System::nanoTime);
  }

  OpenConnections(String server, int most, Deadlines deadlines, LongSupplier nanoTime) {
    this(server, most, deadlines, nanoTime, Unserved.UNCOUNTED);
  }

  /**
   * As above.
   *
   * @param unserved hears of what reaches no code of the program
   */
  public OpenConnections(String server, int most, Deadlines deadlines, Unserved unserved) {
    this(server, most, deadlines, System::nanoTime, unserved);
  }

  private OpenConnections(
      String server, int most, Deadlines deadlines, LongSupplier nanoTime, Unserved unserved) {
    this.unserved = unserved;
    this.server = server;
    this.most = most;
    this.deadlines = deadlines;
    this.mostOfAddress = Math.max(1, most / 2);
    this.nanoTime = nanoTime;
  }

  /** The limit of open connections. */
  public int most() {
    return most;
  }

  /**
   * Makes room for a connection if it can; called by one thread at a time.
   *
   * @return whether the connection is accepted
   */
  boolean admit(SocketChannel channel) {
    OpenConnection newcomer;
    try {
      newcomer = new OpenConnection(channel, deadlines, nanoTime);
    } catch (IOException gone) {
      return false;
    }
    if (open.size() >= mostOfAddress && !makeRoom(newcomer.address())) {
      limited
          .atWarn("refused")
          .addKeyValue("server", server)
          .addKeyValue("address", newcomer.address())
          .addKeyValue("open", open.size())
          .log("A connection is refused: all others are at work");
      unserved.turnedAway();
      return false;
    }
    open.put(channel, newcomer);
    return true;
  }

  void brokenOff() {
    unserved.brokenOff();
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
              .addKeyValue("server", server)
              .addKeyValue("address", connection.address())
              .addKeyValue("open", open.size())
              .log("Connections are closed in favour of newer ones");
          unserved.turnedAway();
          connection.cut();
        });
    return longest.isPresent() && open.size() < most + CLOSING;
  }

  /** Closes the connections whose deadline has passed; called every second. */
  void closeTheLate() {
    forgetClosed();
    for (OpenConnection connection : open.values()) {
      if (!connection.isCut() && connection.isLate()) {
        limited
            .atInfo("late " + connection.address())
            .addKeyValue("server", server)
            .addKeyValue("address", connection.address())
            .log("A request or its answer took too long and is ended");
        connection.cut();
      }
    }
  }

  private void forgetClosed() {
    open.values().removeIf(connection -> !connection.isOpen());
  }

  /** The number of connections. */
  public int size() {
    forgetClosed();
    return open.size();
  }

  /** The connection of this channel; null when it has just closed. */
  @Nullable OpenConnection of(SocketChannel channel) {
    return open.get(channel);
  }
}
