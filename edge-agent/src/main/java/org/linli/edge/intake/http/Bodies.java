package org.linli.edge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.linli.edge.intake.TextCutter;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.web.OpenConnection;
import org.slf4j.LoggerFactory;

/**
 * The request bodies that are being read. All together they have a limit on the heap. Beyond it,
 * the oldest unfinished body is discarded and its connection closed, so that a slow sender takes no
 * room from others. Thread-safe.
 */
final class Bodies {

  private static final RateLimitedLog log =
      RateLimitedLog.of(LoggerFactory.getLogger(Bodies.class));

  /** A body up to this size is covered by its connection's share. */
  private static final int SMALL = 8 << 10;

  /** Of a body that is cut, with what is thrown away of it. */
  static final long MOST_READ = 32 << 20;

  private final long most;

  /** Oldest first. */
  private final Set<Body> reading = new LinkedHashSet<>();

  private long held;

  /** What has come of a body. */
  private static final class Arriving {
    private byte[] bytes = {};
    private int size;
  }

  /**
   * A body that may have been cut.
   *
   * @param bytes what was kept
   * @param size how many bytes came
   * @param isTaken whether that is all, or has a whole document at least
   * @param isRead whether nothing more can come, so that the connection may go on
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on as it is
  record Posted(byte[] bytes, long size, boolean isTaken, boolean isRead) {}

  /** A body that is being read; its contents are guarded by the lock. */
  private static final class Body {
    private final Optional<OpenConnection> connection = OpenConnection.current();
    private long held;
    private boolean isGivenUp;
  }

  /**
   * @param most limit for the buffers of the larger bodies, in bytes
   */
  Bodies(long most) {
    this.most = most;
  }

  /**
   * Reads a request's body.
   *
   * @param limit in bytes; of a longer body the first {@code limit + 1} bytes are returned
   * @throws EOFException when the body was discarded to make room for another
   */
  byte[] read(HttpServletRequest request, int limit) throws IOException {
    long length = request.getContentLengthLong();
    int longest = length < 0 || length > limit ? limit + 1 : (int) length;
    Body body = new Body();
    try {
      return read(request.getInputStream(), body, longest);
    } finally {
      done(body);
    }
  }

  /**
   * Reads a multipart body that may be larger than the limit: of such a body the documents are
   * kept, and pictures as long as there is room.
   *
   * @param limit of what is kept, in bytes
   * @param boundary between its parts
   * @param patience how long what is not kept is read
   * @throws IOException if it broke off before a whole document came
   */
  Posted readParts(HttpServletRequest request, int limit, String boundary, Duration patience)
      throws IOException {
    Body body = new Body();
    try {
      return parts(request.getInputStream(), body, limit, boundary, patience);
    } finally {
      done(body);
    }
  }

  /**
   * Reads a text that may be larger than the limit: of such a text the pictures in it are cut.
   *
   * @param limit of what is kept, in bytes
   * @param patience how long what is not kept is read
   */
  Posted readText(HttpServletRequest request, int limit, Duration patience) throws IOException {
    Body body = new Body();
    try {
      return text(request.getInputStream(), body, limit, patience);
    } finally {
      done(body);
    }
  }

  private Posted text(InputStream in, Body body, int limit, Duration patience) throws IOException {
    long began = System.nanoTime();
    Arriving come = new Arriving();
    read(in, body, limit + 1, come);
    if (come.size <= limit) {
      return new Posted(Arrays.copyOf(come.bytes, come.size), come.size, true, true);
    }
    byte[] beginning = Arrays.copyOf(come.bytes, SMALL);
    TextCutter cutter = new TextCutter(come.bytes, come.size, limit);
    byte[] chunk = new byte[SMALL];
    long all = come.size;
    boolean toTheEnd = false;
    while (!toTheEnd
        && !cutter.isFull()
        && all < MOST_READ
        && System.nanoTime() - began < patience.toNanos()) {
      int read = in.read(chunk);
      toTheEnd = read < 0;
      if (read > 0) {
        all += read;
        cutter.take(chunk, 0, read);
      }
    }
    byte[] whole = toTheEnd ? cutter.whole() : null;
    return new Posted(whole == null ? beginning : whole, all, whole != null, toTheEnd);
  }

  private Posted parts(InputStream in, Body body, int limit, String boundary, Duration patience)
      throws IOException {
    long began = System.nanoTime();
    Arriving come = new Arriving();
    try {
      read(in, body, limit + 1, come);
      if (come.size <= limit) {
        return new Posted(Arrays.copyOf(come.bytes, come.size), come.size, true, true);
      }
    } catch (IOException brokeOff) {
      PartCutter cutter = new PartCutter(come.bytes, come.size, limit, boundary);
      if (!cutter.hasDocument()) {
        throw brokeOff;
      }
      return new Posted(cutter.body(), come.size, true, false);
    }
    PartCutter cutter = new PartCutter(come.bytes, come.size, limit, boundary);
    byte[] chunk = new byte[SMALL];
    long all = come.size;
    boolean toTheEnd = false;
    try {
      while (!toTheEnd
          && !cutter.isOver()
          && all < MOST_READ
          && System.nanoTime() - began < patience.toNanos()) {
        int read = in.read(chunk);
        toTheEnd = read < 0;
        if (toTheEnd) {
          cutter.ended();
        }
        if (read > 0) {
          all += read;
          cutter.take(chunk, read);
        }
      }
    } catch (IOException brokeOff) {
      if (!cutter.hasDocument()) {
        throw brokeOff;
      }
    }
    return new Posted(cutter.body(), all, cutter.hasDocument(), toTheEnd);
  }

  private byte[] read(InputStream in, Body body, int longest) throws IOException {
    Arriving come = new Arriving();
    read(in, body, longest, come);
    return come.size == come.bytes.length ? come.bytes : Arrays.copyOf(come.bytes, come.size);
  }

  private void read(InputStream in, Body body, int longest, Arriving come) throws IOException {
    come.bytes = new byte[Math.min(SMALL, longest)];
    while (come.size < longest) {
      if (come.size == come.bytes.length) {
        int larger = (int) Math.min(longest, 2L * come.bytes.length);
        hold(body, larger);
        come.bytes = Arrays.copyOf(come.bytes, larger);
      }
      int read = in.read(come.bytes, come.size, come.bytes.length - come.size);
      if (read < 0) {
        return;
      }
      come.size += read;
    }
  }

  private synchronized void hold(Body body, int bytes) throws EOFException {
    reading.add(body);
    held += bytes - body.held;
    body.held = bytes;
    while (held > most && !body.isGivenUp) {
      giveUp(reading.iterator().next());
    }
    if (body.isGivenUp) {
      throw new EOFException("given up for another body");
    }
  }

  private void giveUp(Body longest) {
    log.atWarn("bodies")
        .addKeyValue("source", longest.connection.map(OpenConnection::address).orElse("unknown"))
        .addKeyValue("bytes", longest.held)
        .log("A body that does not come to its end is given up, for others need its room");
    longest.isGivenUp = true;
    forget(longest);
    longest.connection.ifPresent(OpenConnection::cut);
  }

  private synchronized void done(Body body) {
    forget(body);
  }

  private void forget(Body body) {
    reading.remove(body);
    held -= body.held;
    body.held = 0;
  }
}
