package org.linli.hub.console.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.hub.console.stream.LiveStream.Next;
import org.linli.hub.console.stream.LiveStream.Position;
import org.linli.program.web.OpenConnection;

/**
 * One open connection: writes server-sent events (HTML Living Standard, section 9.2) for as long as
 * the client reads them.
 */
final class StreamConnection {

  private static final Duration COME_BACK_AFTER = Duration.ofSeconds(2);

  /**
   * A client that does not read a piece in time is disconnected, and continues after the last whole
   * event.
   */
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

  private final LiveStream stream;
  private final OutputStream out;
  private final Duration heartbeat;
  private final BooleanSupplier welcome;
  private final Semaphore pieces;
  private final @Nullable OpenConnection connection;
  private Position position;
  private Bookmark bookmark;

  /**
   * @param after the client's position
   * @param pieces limits the pieces of all listeners that may be in memory at a time
   * @param welcome whether the client is still authorized; checked at each heartbeat and change
   */
  StreamConnection(
      LiveStream stream,
      OutputStream out,
      Duration heartbeat,
      BooleanSupplier welcome,
      Semaphore pieces,
      Bookmark after) {
    this.stream = stream;
    this.out = out;
    this.heartbeat = heartbeat;
    this.welcome = welcome;
    this.pieces = pieces;
    this.connection = OpenConnection.current().orElse(null);
    this.position = new Position(after.change(), 0);
    this.bookmark = after;
  }

  /**
   * Returns when the hub stops or the client is no longer authorized.
   *
   * @throws IOException when the client has gone, or does not read what it is sent
   * @throws InterruptedException when the thread is interrupted
   */
  void run() throws IOException, InterruptedException {
    write("retry: " + COME_BACK_AFTER.toMillis() + "\nid: " + bookmark + "\n\n");
    boolean open = true;
    while (open) {
      stream.await(position, heartbeat);
      pieces.acquire();
      try {
        open = welcome.getAsBoolean() && tell(stream.next(position));
      } finally {
        pieces.release();
      }
    }
  }

  private boolean tell(Next next) throws IOException {
    return switch (next) {
      case Next.Events(var events) -> {
        for (StreamEvent event : events) {
          String data = event.data();
          bookmark = event.bookmark();
          if (data != null) {
            write(event(event.name(), data));
          }
          position = new Position(event.id(), position.figures());
        }
        yield true;
      }
      case Next.Figures(long version, String data) -> {
        write(event("ledger", data));
        position = new Position(position.change(), version);
        yield true;
      }
      case Next.Reset(long end) -> {
        bookmark = stream.after(end);
        write(
            event(
                "reset",
                "{\"detail\":\"Changes since the last event are no longer kept, or cannot be read"
                    + " now: read the lists again.\"}"));
        position = new Position(end, position.figures());
        yield true;
      }
      case Next.Silence() -> {
        write(": still here\n\n");
        yield true;
      }
      case Next.Ended() -> false;
    };
  }

  private String event(String name, String data) {
    return "id: " + bookmark + "\nevent: " + name + "\ndata: " + data + "\n\n";
  }

  private void write(String text) throws IOException {
    OpenConnection.Transfer piece =
        () -> {
          out.write(text.getBytes(StandardCharsets.UTF_8));
          out.flush();
        };
    if (connection == null) {
      piece.run();
    } else {
      connection.write(LONGEST_WRITE, piece);
    }
  }
}
