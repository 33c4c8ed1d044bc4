package org.linli.program.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a web server: how long it has kept the server waiting, and its deadlines.
 * Thread-safe.
 */
public final class OpenConnection {

  private static final int BYTES_OF_A_NETWORK = 8;

  private static final ScopedValue<OpenConnection> CURRENT = ScopedValue.newInstance();

  private final SocketChannel channel;
  private final Deadlines deadlines;
  private final String address;
  private final LongSupplier nanoTime;
  private volatile long waitingSince;
  private volatile long wentOnAt;
  private volatile boolean cut;
  private volatile @Nullable Work work;
  private volatile @Nullable Pace pace;

  /** The request in progress. */
  interface Work {

    /** When its first byte arrived, by {@link System#nanoTime}. */
    long beganAt();

    /** Whether a part of its head or body has not arrived yet. */
    boolean isStillComing();
  }

  /**
   * The progress of an answer without end.
   *
   * @param writingSince when the current write began; 0 while nothing is written
   */
  private record Pace(long writingSince, long longest) {}

  /** Something that reads or writes. */
  @FunctionalInterface
  public interface Transfer {
    void run() throws IOException;
  }

  OpenConnection(SocketChannel channel, Deadlines deadlines, LongSupplier nanoTime)
      throws IOException {
    this.channel = channel;
    this.deadlines = deadlines;
    this.nanoTime = nanoTime;
    this.address =
        channel.getRemoteAddress() instanceof InetSocketAddress internet
            ? networkOf(internet.getAddress())
            : "local";
    this.waitingSince = nanoTime.getAsLong();
    this.wentOnAt = waitingSince;
  }

  /** The connection of the current request; empty outside a request. */
  public static Optional<OpenConnection> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /**
   * The key that distinguishes clients: an IPv4 address, or the first half of an IPv6 address,
   * because every client has 2^64 addresses in the second half.
   */
  public static String networkOf(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length <= BYTES_OF_A_NETWORK
        ? address.getHostAddress()
        : HexFormat.of().formatHex(bytes, 0, BYTES_OF_A_NETWORK) + "/64";
  }

  /** The client's address, or the network of it. */
  public String address() {
    return address;
  }

  /** Runs the work on a request in progress. */
  <T> T work(Work request, ScopedValue.CallableOp<T, IOException> whatToDo) throws IOException {
    work = request;
    try {
      return ScopedValue.where(CURRENT, this).call(whatToDo);
    } finally {
      work = null;
      pace = null;
    }
  }

  /** A request is finished, and the next may come. */
  void answered() {
    waitingSince = nanoTime.getAsLong();
  }

  /**
   * Writes a piece of an answer without end. Such an answer may last, and its connection is not
   * closed in favour of another, but the client must take each piece in time.
   *
   * @throws IOException when the client has gone, or did not take the piece in time
   */
  public void write(Duration longest, Transfer piece) throws IOException {
    pace = new Pace(nanoTime.getAsLong(), longest.toNanos());
    try {
      piece.run();
    } finally {
      pace = new Pace(0, longest.toNanos());
    }
  }

  /** How long the connection has kept the server waiting, or its request has been in progress. */
  long nanosSoFar() {
    Work now = work;
    return nanoTime.getAsLong() - (now == null ? waitingSince : now.beganAt());
  }

  /** Whether it may be closed in favour of another connection. */
  boolean mayGo() {
    Work now = work;
    return !cut
        && pace == null
        && (now == null || now.isStillComing() || isLongerThan(deadlines.work()));
  }

  /** Whether its deadline has passed. */
  boolean isLate() {
    Work now = work;
    Pace own = pace;
    if (now == null) {
      return isLongerThan(deadlines.head());
    }
    if (own != null) {
      return own.writingSince() != 0 && nanoTime.getAsLong() - own.writingSince() > own.longest();
    }
    return isLongerThan(now.isStillComing() ? deadlines.body() : deadlines.answer());
  }

  /** Counted from when a long body went on, if it did. */
  private boolean isLongerThan(Duration longest) {
    return Math.min(nanosSoFar(), nanoTime.getAsLong() - wentOnAt) > longest.toNanos();
  }

  /** Enough of a long body has come for all deadlines of its request to begin anew. */
  public void goesOn() {
    wentOnAt = nanoTime.getAsLong();
  }

  /** Whether the web server still holds it. */
  boolean isOpen() {
    return channel.isOpen();
  }

  boolean isCut() {
    return cut;
  }

  /** Waits for no more of a body: whoever reads it sees that it breaks off, and can answer. */
  public void endInput() {
    try {
      channel.shutdownInput();
    } catch (IOException | UnsupportedOperationException gone) {
      // It has already closed.
    }
  }

  /**
   * Closes it: readers and writers see that the client has gone and release it. Data that the
   * client has not taken is dropped.
   */
  public void cut() {
    cut = true;
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.shutdownInput();
      channel.shutdownOutput();
    } catch (IOException | UnsupportedOperationException gone) {
      // It has already closed.
    }
  }
}
