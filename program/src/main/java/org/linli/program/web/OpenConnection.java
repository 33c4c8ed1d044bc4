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
 * One connection to a web server: how long it has kept the server waiting, and by when what it does
 * has to be done. Safe for any thread.
 */
public final class OpenConnection {

  private static final int BYTES_OF_A_NETWORK = 8;

  private static final ScopedValue<OpenConnection> CURRENT = ScopedValue.newInstance();

  private final SocketChannel channel;
  private final Deadlines deadlines;
  private final String address;
  private final LongSupplier nanoTime;
  private volatile long waitingSince;
  private volatile boolean cut;
  private volatile @Nullable Work work;
  private volatile @Nullable Pace pace;

  /** The request that is being worked on. */
  interface Work {

    /** When its first byte came, by {@link System#nanoTime}. */
    long beganAt();

    /** Whether some of its head or body has not come yet. */
    boolean isStillComing();
  }

  /**
   * How an answer without end goes on.
   *
   * @param writingSince when the writing began that has not ended; 0 while nothing is written
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
  }

  /** The connection that the current request came by; empty outside a request. */
  public static Optional<OpenConnection> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /**
   * By what visitors are told apart: an IPv4 address, or the first half of an IPv6 address, of
   * whose second half anybody has 2^64.
   */
  public static String networkOf(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length <= BYTES_OF_A_NETWORK
        ? address.getHostAddress()
        : HexFormat.of().formatHex(bytes, 0, BYTES_OF_A_NETWORK) + "/64";
  }

  /** Whose it is: an address, or the network of one. */
  public String address() {
    return address;
  }

  /** Works on what has come of a request. */
  <T> T work(Work request, ScopedValue.CallableOp<T, IOException> whatToDo) throws IOException {
    work = request;
    try {
      return ScopedValue.where(CURRENT, this).call(whatToDo);
    } finally {
      work = null;
      pace = null;
    }
  }

  /** A request is done with, and the next may come. */
  void answered() {
    waitingSince = nanoTime.getAsLong();
  }

  /**
   * Writes a piece of an answer that has no end. Such an answer may last, and the connection does
   * not go in favour of another; but each piece has to be taken in time.
   *
   * @throws IOException when the other side has gone, or did not take it in time
   */
  public void write(Duration longest, Transfer piece) throws IOException {
    pace = new Pace(nanoTime.getAsLong(), longest.toNanos());
    try {
      piece.run();
    } finally {
      pace = new Pace(0, longest.toNanos());
    }
  }

  /** How long it has kept the server waiting, or is at work. */
  long nanosSoFar() {
    Work now = work;
    return nanoTime.getAsLong() - (now == null ? waitingSince : now.beganAt());
  }

  /** Whether it may be closed so that another gets in. */
  boolean mayGo() {
    Work now = work;
    return !cut
        && pace == null
        && (now == null || now.isStillComing() || isLongerThan(deadlines.work()));
  }

  /** Whether what it does should have been done by now. */
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

  private boolean isLongerThan(Duration longest) {
    return nanosSoFar() > longest.toNanos();
  }

  /** Whether the web server still holds it. */
  boolean isOpen() {
    return channel.isOpen();
  }

  boolean isCut() {
    return cut;
  }

  /**
   * Ends it: whoever reads or writes it finds that the other side has gone, and lets go of it. What
   * it did not take is thrown away.
   */
  public void cut() {
    cut = true;
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.shutdownInput();
      channel.shutdownOutput();
    } catch (IOException | UnsupportedOperationException gone) {
      // It has ended by itself.
    }
  }
}
