package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.linli.event.Kind;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;
import tools.jackson.databind.node.ObjectNode;

/**
 * Zigbee2MQTT 2.x with doors, thermometers and buttons (the page "MQTT Topics and Messages" of its
 * documentation): friendly names with slashes and spaces, states that are repeated without a
 * change, both forms of availability.
 */
final class Zigbee2MqttBridge implements Dialect {

  private static final int DOORS = 4;
  private static final double CHANGES = 0.5;
  private static final double EMERGENCY = 0.02;

  private final Piece piece;
  private final boolean[] open = new boolean[DOORS];
  private final boolean[] known = new boolean[DOORS];
  private final ConnectionToggle toggle = new ConnectionToggle(DOORS);
  private int turn;

  Zigbee2MqttBridge(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    int turnNow = turn++;
    int one = turnNow / 8 % DOORS;
    return switch (turnNow % 8) {
      case 0, 2, 4 -> door(one, mark, now);
      case 6 -> availability(one);
      case 7 -> button(one, mark, now);
      default -> thermometer(one, mark, now);
    };
  }

  private Message door(int number, Mark mark, Instant now) {
    boolean change = piece.happens(CHANGES);
    boolean certain = change && known[number];
    known[number] = true;
    open[number] ^= change;
    ObjectNode state = state(mark, now).put("contact", !open[number]).put("battery", 97);
    Expectation becomes =
        Expectation.measured(Kind.ACCESS, device("door", number), mark)
            .with("contact", !open[number]);
    String type = open[number] ? "door.opened" : "door.closed";
    return message(
        "door",
        number,
        state,
        (certain ? becomes.beside(type) : becomes.perhaps(type)).perhaps("battery.normal"));
  }

  private Message thermometer(int number, Mark mark, Instant now) {
    double celsius = piece.around(20, 4, 2);
    ObjectNode state =
        state(mark, now)
            .put("temperature", celsius)
            .put("humidity", piece.around(50, 9, 2))
            .put("battery", piece.between(70, 99));
    return message(
        "meter room",
        number,
        state,
        Expectation.measured(Kind.ENVIRONMENT, device("meter@20room", number), mark)
            .with("temperature", celsius)
            .perhaps("battery.normal"));
  }

  private Message button(int number, Mark mark, Instant now) {
    boolean help = piece.happens(EMERGENCY);
    Expectation expectation =
        Expectation.measured(Kind.ENVIRONMENT, device("button", number), mark);
    return message(
        "button",
        number,
        state(mark, now).put("action", help ? "emergency" : "single"),
        expectation.beside(help ? "sos.pressed" : "button.pressed"));
  }

  /**
   * The availability of a door, alternately as a bare word and as an object: a setting decides
   * which.
   */
  private Message availability(int number) {
    String word = toggle.next(number);
    String payload = number % 2 == 0 ? word : "{\"state\":\"" + word + "\"}";
    return new Message(
        new Letter(
            topic("door", number) + "/availability",
            Media.JSON,
            payload.getBytes(StandardCharsets.UTF_8)),
        toggle.expectation(
            Expectation.unmarked(Kind.ACCESS, device("door", number)), number, word));
  }

  private ObjectNode state(Mark mark, Instant now) {
    return Json.object()
        .put("linkquality", piece.between(20, 200))
        .put("last_seen", now.truncatedTo(ChronoUnit.MILLIS).toString())
        .put(Expectation.MESSAGE, mark.text());
  }

  private Message message(String what, int number, ObjectNode state, Expectation expectation) {
    return new Message(Json.letter(topic(what, number), state), expectation);
  }

  private String topic(String what, int number) {
    return String.format(Locale.ROOT, "zigbee2mqtt/%s/%s %d", piece.name(), what, number + 1);
  }

  private String device(String what, int number) {
    return String.format(Locale.ROOT, "%s:%s@20%d", piece.name(), what, number + 1);
  }
}
