package org.linli.sims.simulate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.equipment.Dialect;
import org.linli.sims.equipment.Format;
import org.linli.sims.equipment.Mark;
import org.linli.sims.equipment.Message;
import org.linli.sims.equipment.Mix;
import org.linli.sims.link.CoapLinks;
import org.linli.sims.link.ConnectPace;
import org.linli.sims.link.HttpLinks;
import org.linli.sims.link.Link;
import org.linli.sims.link.MqttLink;
import org.linli.sims.link.MqttVersion;
import org.linli.sims.link.Sending;

/**
 * Equipment of other vendors besides the community's: one piece for each format, which sends about
 * every five seconds, more often the more it weighs.
 */
final class Makes implements AutoCloseable {

  private static final int MILLIS_BETWEEN = 5_000;
  private static final int MOST_WAITING = 2_000;

  /** The addresses that the pieces send to. */
  record Doors(InetSocketAddress mqtt, CoapLinks coap, HttpLinks http) {}

  private static final class Piece {
    private final Format format;
    private final Dialect dialect;
    private final Link link;
    private final int connection;
    private final Random pauses;
    private final int weight;
    private Instant due;

    private Piece(Format format, int weight, Link link, int connection, long seed, Instant start) {
      this.format = format;
      this.dialect = format.piece(name(format), 0, seed);
      this.link = link;
      this.connection = connection;
      this.pauses = new Random(seed * 31 + format.ordinal());
      this.weight = weight;
      this.due = start.plusMillis(pauses.nextInt(MILLIS_BETWEEN));
    }

    private static String name(Format format) {
      return "sim-" + format;
    }

    private void pause() {
      due = due.plusMillis((MILLIS_BETWEEN / 2 + pauses.nextInt(MILLIS_BETWEEN)) / weight);
    }
  }

  private final Recording recording;
  private final MessageTally tally;
  private final HttpLinks http;
  private final String run;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * @param start when the day begins
   * @param run distinguishes the marks of one run from those of the next
   */
  Makes(
      Optional<Mix> mix,
      Doors doors,
      Recording recording,
      MessageTally tally,
      long seed,
      Instant start,
      String run)
      throws CannotRunException, IOException {
    this.recording = recording;
    this.tally = tally;
    this.http = doors.http();
    this.run = run;
    for (Map.Entry<Format, Integer> each : mix.map(Mix::weights).orElse(Map.of()).entrySet()) {
      Format format = each.getKey();
      String name = Piece.name(format);
      Link link =
          switch (format.way()) {
            case COAP -> doors.coap().open(name, MOST_WAITING);
            case HTTP -> http.open(name, MOST_WAITING);
            case MQTT ->
                new MqttLink(
                    doors.mqtt(),
                    name,
                    MqttLink.Manner.atLeastOnce(MqttVersion.V3_1_1, 16, MOST_WAITING),
                    ConnectPace.unlimited());
          };
      int connection = recording.connection(format.way().name(), name);
      pieces.add(new Piece(format, each.getValue(), link, connection, seed, start));
    }
  }

  /** When in the day the next of them sends; empty for none. */
  Optional<Instant> due() {
    return next().map(piece -> piece.due);
  }

  /** Makes the next of them send, as happening at that time. */
  void send(Instant time) throws InterruptedException, IOException {
    Piece piece = next().orElseThrow();
    piece.pause();
    Message message = piece.dialect.next(new Mark(run, recording.next()), time);
    Sending.Answer answer =
        recording.offered(
            piece.connection,
            time,
            piece.format,
            message.expectation(),
            tally.offer(piece.format, message.expectation()));
    piece.link.send(new Sending(message.letter(), answer));
  }

  private Optional<Piece> next() {
    return pieces.stream().min(Comparator.comparing(piece -> piece.due));
  }

  /** The current problem of the first piece that has one. */
  Optional<String> trouble() {
    return pieces.stream().flatMap(piece -> piece.link.trouble().stream()).findFirst();
  }

  @Override
  public void close() {
    pieces.forEach(piece -> piece.link.close());
    http.close();
  }
}
