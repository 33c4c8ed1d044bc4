package org.linli.edge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.web.OpenConnection;
import org.slf4j.LoggerFactory;

/**
 * The bodies that are being read. All together they hold no more than their share of the heap: past
 * it the one that has been read for the longest is given up and its connection closed, so that
 * somebody whose body does not come takes no room from who sends one at once. Safe for any thread.
 */
final class Bodies {

  private static final RateLimitedLog log =
      RateLimitedLog.of(LoggerFactory.getLogger(Bodies.class));

  /** A body up to here is held by its connection's share. */
  private static final int SMALL = 8 << 10;

  private final long most;

  /** The one that is being read for the longest first. */
  private final Set<Body> reading = new LinkedHashSet<>();

  private long held;

  /** One that is being read; what it holds is for the thread that has the lock only. */
  private static final class Body {
    private final Optional<OpenConnection> connection = OpenConnection.current();
    private long held;
    private boolean isGivenUp;
  }

  /**
   * @param most bytes of what has come of larger ones
   */
  Bodies(long most) {
    this.most = most;
  }

  /**
   * Reads a request's body.
   *
   * @param limit in bytes; of a longer one its beginning, one byte more, is returned
   * @throws EOFException when it was given up for another
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

  private byte[] read(InputStream in, Body body, int longest) throws IOException {
    byte[] bytes = new byte[Math.min(SMALL, longest)];
    int come = 0;
    while (come < longest) {
      if (come == bytes.length) {
        int larger = (int) Math.min(longest, 2L * bytes.length);
        hold(body, larger);
        bytes = Arrays.copyOf(bytes, larger);
      }
      int read = in.read(bytes, come, bytes.length - come);
      if (read < 0) {
        return Arrays.copyOf(bytes, come);
      }
      come += read;
    }
    return bytes;
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
