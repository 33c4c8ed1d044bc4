package org.linli.edge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.linli.edge.intake.Beginning;
import org.linli.edge.intake.Boundary;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.TextCutter;
import org.linli.edge.intake.http.ContentCoding.Decoded;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.web.OpenConnection;
import org.slf4j.LoggerFactory;

/**
 * The request bodies that are being read. All together they have a limit on the heap. Beyond it,
 * the oldest unfinished body is discarded and its connection closed, so that a slow sender takes no
 * room from others. Of a body beyond the limit of a message the rest is read and thrown away
 * (decision 0066). Thread-safe.
 */
final class Bodies {

  private static final RateLimitedLog log =
      RateLimitedLog.of(LoggerFactory.getLogger(Bodies.class));

  /** A body up to this size is covered by its connection's share. */
  static final int SMALL = 8 << 10;

  /** Of a body, with what is thrown away of it. */
  static final long MOST_READ = 2L << 30;

  /** Of a body whose sender asks before it sends it, and so learns in time that it is refused. */
  static final long MOST_INVITED = 64L << 20;

  private static final byte[] NOTHING = {};

  private final long most;
  private final LifeSearch search;

  /** The larger ones, oldest first. */
  private final Set<Body> reading = new LinkedHashSet<>();

  private final Set<Body> all = new HashSet<>();

  /** Requests with a body that are not answered yet. */
  private int underWay;

  private long held;

  /** What has come of a body. */
  private static final class Arriving {
    private byte[] bytes = NOTHING;
    private int size;
  }

  /**
   * A body that may have been cut.
   *
   * @param bytes what was kept; the beginning of a body that is not taken
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
   * @param search for what is not kept
   */
  Bodies(long most, LifeSearch search) {
    this.most = most;
    this.search = search;
  }

  /** How a body is read. */
  @FunctionalInterface
  private interface Reading {
    Posted read(Decoded in, Body body) throws IOException;
  }

  private Posted read(HttpServletRequest request, Reading how) throws IOException {
    Body body = new Body();
    add(body);
    try {
      return how.read(ContentCoding.of(request, MOST_READ), body);
    } catch (IOException brokeOff) {
      request.setAttribute(RefusalLog.BROKE_OFF, true);
      throw brokeOff;
    } finally {
      done(body);
    }
  }

  /**
   * Reads a request's body, which is taken only if it is no larger than the limit.
   *
   * @param limit in bytes
   * @throws IOException if it broke off, or was discarded to make room for another
   */
  Posted read(HttpServletRequest request, int limit) throws IOException {
    return read(request, (in, body) -> bytes(in, body, limit));
  }

  /** Reads a request's body, of which only the beginning is kept, for a refusal. */
  Posted readBeginning(HttpServletRequest request) throws IOException {
    return read(
        request,
        (in, body) -> beginning(new RestOfBody(in, body.connection, 0), new Beginning(search)));
  }

  /**
   * Reads a multipart body that may be larger than the limit: of such a body the documents are
   * kept, and pictures as long as there is room.
   *
   * @param limit of what is kept, in bytes
   * @param boundary between its parts
   * @throws IOException if it broke off before a whole document came
   */
  Posted readParts(HttpServletRequest request, int limit, String boundary) throws IOException {
    return read(request, (in, body) -> parts(in, body, limit, boundary));
  }

  /**
   * Reads a text that may be larger than the limit: of such a text the pictures in it are cut.
   *
   * @param limit of what is kept, in bytes
   * @throws IOException if it broke off before a whole document came
   */
  Posted readText(HttpServletRequest request, int limit) throws IOException {
    return read(request, (in, body) -> text(in, body, limit));
  }

  private Posted bytes(Decoded in, Body body, int limit) throws IOException {
    Arriving come = new Arriving();
    read(in, body, limit + 1, come);
    return come.size <= limit ? all(come, true) : beginning(in, body, come);
  }

  private static Posted all(Arriving come, boolean isRead) {
    return new Posted(Arrays.copyOf(come.bytes, come.size), come.size, true, isRead);
  }

  private Posted beginning(Decoded in, Body body, Arriving come) throws IOException {
    Beginning beginning = new Beginning(search);
    beginning.take(come.bytes, 0, come.size);
    return beginning(new RestOfBody(in, body.connection, come.size), beginning);
  }

  private static Posted beginning(RestOfBody rest, Beginning beginning) throws IOException {
    for (int read = rest.next(); read > 0; read = rest.next()) {
      beginning.take(rest.chunk(), 0, read);
    }
    return new Posted(beginning.kept(), rest.come(), false, rest.isOver());
  }

  private Posted text(Decoded in, Body body, int limit) throws IOException {
    Arriving come = new Arriving();
    try {
      read(in, body, limit + 1, come);
    } catch (IOException brokeOff) {
      if (come.size > limit || !WholeDocument.is(come.bytes, 0, come.size)) {
        throw brokeOff;
      }
      return all(come, false);
    }
    if (come.size <= limit) {
      return all(come, true);
    }
    Optional<String> boundary = Boundary.atBeginningOf(come.bytes);
    if (boundary.isPresent()) {
      // Its content type names none, but it has parts.
      return parts(in, body, limit, boundary.get(), come);
    }
    Beginning beginning = new Beginning(search);
    beginning.keep(come.bytes, 0, come.size);
    TextCutter cutter = new TextCutter(come.bytes, come.size, limit);
    RestOfBody rest = new RestOfBody(in, body.connection, come.size);
    int read = rest.next();
    while (read > 0 && !cutter.isFull()) {
      cutter.take(rest.chunk(), 0, read);
      read = cutter.isFull() ? read : rest.next();
    }
    if (rest.isOver()) {
      holdToo(body, limit);
    }
    byte[] whole = rest.isOver() ? cutter.whole() : null;
    if (whole != null) {
      return new Posted(whole, rest.come(), true, true);
    }
    cutter.lookThrough(beginning);
    beginning.look(rest.chunk(), 0, read);
    return beginning(rest, beginning);
  }

  private Posted parts(Decoded in, Body body, int limit, String named) throws IOException {
    Arriving come = new Arriving();
    try {
      read(in, body, limit + 1, come);
      if (come.size <= limit) {
        return all(come, true);
      }
    } catch (IOException brokeOff) {
      PartCutter cutter = cutter(body, come, limit, named);
      if (!cutter.hasDocument()) {
        throw brokeOff;
      }
      return new Posted(cutter.body(), come.size, true, false);
    }
    return parts(in, body, limit, named, come);
  }

  /** By the boundary in the first line, if there is one: cameras name another one than they use. */
  private PartCutter cutter(Body body, Arriving come, int limit, String named) {
    String boundary = Boundary.atBeginningOf(come.bytes).orElse(named);
    holdToo(body, limit);
    PartCutter cutter = new PartCutter(come.bytes, come.size, limit, boundary, search);
    // All that counts of it is in the cutter.
    come.bytes = NOTHING;
    return cutter;
  }

  private Posted parts(Decoded in, Body body, int limit, String named, Arriving come)
      throws IOException {
    PartCutter cutter = cutter(body, come, limit, named);
    RestOfBody rest = new RestOfBody(in, body.connection, come.size);
    try {
      hold(body, cutter.held());
      for (int read = rest.next(); read > 0 && !cutter.isOver(); read = rest.next()) {
        cutter.take(rest.chunk(), read);
        if (cutter.held() != body.held) {
          hold(body, cutter.held());
        }
      }
      if (rest.isOver()) {
        cutter.ended();
      }
    } catch (IOException brokeOff) {
      if (!cutter.hasDocument()) {
        throw brokeOff;
      }
    }
    boolean isTaken = cutter.hasDocument();
    holdToo(body, limit);
    return new Posted(
        isTaken ? cutter.body() : cutter.beginning(), rest.come(), isTaken, rest.isOver());
  }

  private void read(Decoded in, Body body, int longest, Arriving come) throws IOException {
    come.bytes = new byte[Math.min(SMALL, longest)];
    while (come.size < longest) {
      if (come.size == come.bytes.length) {
        int larger = (int) Math.min(longest, 2L * come.bytes.length);
        hold(body, larger);
        come.bytes = Arrays.copyOf(come.bytes, larger);
      }
      int read = in.in().read(come.bytes, come.size, come.bytes.length - come.size);
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

  /** A copy that is needed at the end of a body, which is not given up for it, but others are. */
  private synchronized void holdToo(Body body, int bytes) {
    if (body.isGivenUp) {
      return;
    }
    reading.add(body);
    held += bytes;
    body.held += bytes;
    for (Body other : List.copyOf(reading)) {
      if (held > most && !other.equals(body)) {
        giveUp(other);
      }
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

  private synchronized void add(Body body) {
    all.add(body);
  }

  private synchronized void done(Body body) {
    all.remove(body);
    forget(body);
  }

  /** A request with a body begins. */
  synchronized void begins() {
    underWay++;
  }

  /** Its message is on disk, or will not be. */
  synchronized void ends() {
    underWay--;
    notifyAll();
  }

  /** Waits until no request with a body is under way. False if there still is one. */
  synchronized boolean areDoneWithin(Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    while (underWay > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException told) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /**
   * Waits no longer for what is still to come of the bodies that are being read. Those of which a
   * whole document has come are taken.
   */
  void endAll() {
    List<Body> ending;
    synchronized (this) {
      ending = List.copyOf(all);
    }
    ending.forEach(body -> body.connection.ifPresent(OpenConnection::endInput));
  }

  private void forget(Body body) {
    reading.remove(body);
    held -= body.held;
    body.held = 0;
  }
}
