package org.linli.hub.console.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.linli.hub.console.stream.LiveStream.Next;
import org.linli.hub.console.stream.LiveStream.Position;

/**
 * One open connection: writes server-sent events (HTML Living Standard, section 9.2) for as long as
 * the other side takes them.
 */
final class Listener {

  private static final Duration COME_BACK_AFTER = Duration.ofSeconds(2);

  private final LiveStream stream;
  private final OutputStream out;
  private final Duration heartbeat;
  private final BooleanSupplier welcome;
  private Position position;

  /**
   * @param after the id of the last change that the other side has
   * @param welcome whether whoever listens is still let in; asked at each heartbeat and change
   */
  Listener(
      LiveStream stream,
      OutputStream out,
      Duration heartbeat,
      BooleanSupplier welcome,
      long after) {
    this.stream = stream;
    this.out = out;
    this.heartbeat = heartbeat;
    this.welcome = welcome;
    this.position = new Position(after, 0);
  }

  /**
   * Returns when the hub stops or the listener is no longer let in.
   *
   * @throws IOException when the other side has gone
   * @throws InterruptedException when the thread is interrupted
   */
  void run() throws IOException, InterruptedException {
    write("retry: " + COME_BACK_AFTER.toMillis() + "\nid: " + position.change() + "\n\n");
    boolean open = true;
    while (open) {
      Next next = stream.next(position, heartbeat);
      open = welcome.getAsBoolean() && tell(next);
    }
  }

  private boolean tell(Next next) throws IOException {
    return switch (next) {
      case Next.Changes(var changes) -> {
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
          text.append(event(change.id(), change.name(), change.data()));
        }
        write(text.toString());
        position = new Position(changes.getLast().id(), position.figures());
        yield true;
      }
      case Next.Figures(long version, String data) -> {
        write(event(position.change(), "ledger", data));
        position = new Position(position.change(), version);
        yield true;
      }
      case Next.Reset(long newest) -> {
        write(
            event(
                newest,
                "reset",
                "{\"detail\":\"Changes since the last event are no longer kept: read the lists"
                    + " again.\"}"));
        position = new Position(newest, position.figures());
        yield true;
      }
      case Next.Silence() -> {
        write(": still here\n\n");
        yield true;
      }
      case Next.Ended() -> false;
    };
  }

  private static String event(long id, String name, String data) {
    return "id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n";
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
