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
 * The request bodies that are being read. All together they have a limit on the heap. Beyond it,
 * the oldest unfinished body is discarded and its connection closed, so that a slow sender takes no
 * room from others. Thread-safe.
 */
final class Bodies {

  private static final RateLimitedLog log =
      RateLimitedLog.of(LoggerFactory.getLogger(Bodies.class));

  /** A body up to this size is covered by its connection's share. */
  private static final int SMALL = 8 << 10;

  private final long most;

  /** Oldest first. */
  private final Set<Body> reading = new LinkedHashSet<>();

  private long held;

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
