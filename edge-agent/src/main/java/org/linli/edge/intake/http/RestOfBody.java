package org.linli.edge.intake.http;

import java.io.IOException;
import java.util.Optional;
import org.linli.edge.intake.http.ContentCoding.Decoded;
import org.linli.program.web.OpenConnection;

/** The rest of a body, of which nothing is kept. For one thread. */
final class RestOfBody {

  /** A sender that sends this much in the time of a request may go on. */
  private static final long PACE = 256 << 10;

  private final Decoded body;
  private final Optional<OpenConnection> connection;
  private final byte[] chunk = new byte[Bodies.SMALL];
  private long come;
  private long inTime;
  private boolean isOver;

  /**
   * @param come how much of the body came already
   */
  RestOfBody(Decoded body, Optional<OpenConnection> connection, long come) {
    this.body = body;
    this.connection = connection;
    this.come = come;
    this.inTime = come;
  }

  /** Reads the next chunk; how many bytes it has, 0 if none comes or counts any more. */
  int next() throws IOException {
    if (come >= body.mostRead().getAsLong()) {
      return 0;
    }
    int read = body.in().read(chunk);
    isOver = read < 0;
    come += Math.max(0, read);
    if (come - inTime >= PACE) {
      inTime = come;
      connection.ifPresent(OpenConnection::goesOn);
    }
    return Math.max(0, read);
  }

  byte[] chunk() {
    return chunk;
  }

  /** How many bytes of the body came. */
  long come() {
    return come;
  }

  /** Whether it came to its end. */
  boolean isOver() {
    return isOver;
  }
}
