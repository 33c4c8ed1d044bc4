package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.equipment.RaisedAlarm.linli;
import static org.linli.edge.equipment.RaisedAlarm.mqtt;
import static org.linli.edge.equipment.RaisedAlarm.post;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.Xml;

/**
 * What a lenient reading must not do (decision 0064). One sign is missing, too many or another one,
 * anywhere in a message with a state of life safety: its alarm is told, or a dead letter calls
 * somebody, or all of it is refused. No alarm ends by it, and none begins.
 */
class NothingInventedTest {

  /** The word by which a dead letter calls, which stays as it is. */
  private static final String WORD = "smoke";

  /** No digit, which makes another name or number. */
  private static final String OF_JSON = "\"'{}[]:,\\=#/ \n\0";

  private static final String OF_XML = "<>&\"'/=!?- 0\n\0";

  private static RunningGateway gateway;

  @TempDir static Path data;

  private int run;

  /**
   * @param message with the state, in which the run's number stands for ~
   * @param on the state as it is written while it holds
   * @param off the same while it does not
   */
  record Written(String name, Sent message, String on, String off, String signs) {

    Sent saying(String state) {
      return new Sent(
          message.address(),
          new String(message.payload(), StandardCharsets.ISO_8859_1)
              .replace("STATE", state)
              .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  static Stream<Written> messages() {
    return Stream.of(
        new Written(
            "Zigbee2MQTT",
            mqtt(
                "zigbee2mqtt/z~",
                "{\"name\":\"hall\",\"list\":[1,\"x\"],\"smoke\":STATE,\"contact\":false,\"v\":7.5}"),
            "true",
            "false",
            OF_JSON),
        new Written(
            "Zigbee2MQTT in numbers",
            mqtt(
                "zigbee2mqtt/n~",
                "{\"contact\":false,\"o\":{\"a\":null},\"smoke\":STATE,\"text\":\"a, b\"}"),
            "1",
            "0",
            OF_JSON),
        new Written(
            "Linli JSON",
            linli(
                Format.LINLI_JSON,
                "environment",
                "l~",
                "[{\"type\":\"door.forced\",\"id\":\"a\"},{\"type\":\"STATE\",\"values\":{\"v\":1}}]"),
            "smoke.detected",
            "smoke.cleared",
            OF_JSON),
        new Written(
            "Hikvision",
            post(
                "hikvision",
                "h~",
                "<EventNotificationAlert version=\"2.0\"><channelID>1</channelID>"
                    + "<eventType>smokeDetection</eventType><eventState>STATE</eventState>"
                    + "<channelName>R&amp;D</channelName></EventNotificationAlert>"),
            "active",
            "inactive",
            OF_XML));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void swallowsNoAlarmAndEndsNone(Written written) {
    List<String> wrong = new ArrayList<>();
    for (String payload : withOneSignWrong(written, written.on())) {
      run++;
      Interpreted read = read(written, payload, "on" + run);
      List<String> told = types(read);
      if (!told.isEmpty()
          && told.stream().noneMatch(NothingInventedTest::isSmoke)
          && !isCalled(read)) {
        wrong.add("swallows: " + payload);
      }
      if (told.stream().anyMatch(type -> type.equals("smoke.cleared"))) {
        wrong.add("ends: " + payload);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Hikvision's is one where its state is missing. */
  static Stream<Written> ofStates() {
    return messages().filter(written -> !written.name().equals("Hikvision"));
  }

  @ParameterizedTest
  @MethodSource("ofStates")
  void inventsNoAlarm(Written written) {
    List<String> wrong = new ArrayList<>();
    for (String payload : withOneSignWrong(written, written.off())) {
      run++;
      if (types(read(written, payload, "off" + run)).stream()
          .anyMatch(NothingInventedTest::isSmoke)) {
        wrong.add(payload);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What is left of a value is none: it would end the alarm. */
  @Test
  void endsNoAlarmByAPartOfAValue() {
    assertThat(types(zigbee("end", "{\"smoke\":true}"))).contains("smoke.detected");
    for (String part :
        List.of(
            "{\"smoke\":0,7}",
            "{\"smoke\":0,7,\"contact\":false}",
            "{\"contact\":true,\"smoke\":0.0")) {
      assertThat(types(zigbee("end", part))).as(part).doesNotContain("smoke.cleared");
    }
    assertThat(types(zigbee("end", "{\"smoke\":0}"))).contains("smoke.cleared");
  }

  /** A sign is missing or too many beside the alarm of something else. */
  @Test
  void swallowsNoSmokeBesideAnotherAlarm() {
    String many =
        IntStream.range(0, 10).mapToObj("\"v%d\":NaN,"::formatted).collect(Collectors.joining());
    List<String> documents =
        List.of(
            "{\"name\":\"hall,\"smoke\":true,\"contact\":false}",
            "{\"name\":hall\",\"smoke\":true,\"contact\":false}",
            "{\"list\":[1,\"x\",\"smoke\":true,\"contact\":false}",
            "{\"smoke:true,\"contact\":false}",
            "{\"contact\":false},\"smoke\":true}",
            "{" + many + "\"smoke\":NaN,\"contact\":false}");
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < documents.size(); i++) {
      Interpreted read = zigbee("swallows" + i, documents.get(i));
      softly
          .assertThat(
              read instanceof Interpreted.Understood told
                  && (types(told).contains("smoke.detected") || isCalled(told)))
          .as("%s: %s", documents.get(i), types(read))
          .isTrue();
    }
    softly.assertAll();
  }

  private static Interpreted zigbee(String device, String state) {
    return gateway.profiles().interpret(mqtt("zigbee2mqtt/" + device, state).message());
  }

  private static boolean isSmoke(String type) {
    return type.contains("smoke.det") || type.startsWith("fire.");
  }

  /** Whether a dead letter beside the events calls somebody. */
  private static boolean isCalled(Interpreted read) {
    return read instanceof Interpreted.Understood told
        && told.basis().unread() instanceof Interpreted.Refused letter
        && letter.lifeWord() != null;
  }

  /** All of them but those in which the word itself is another one. */
  private static Set<String> withOneSignWrong(Written written, String state) {
    String right = new String(written.saying(state).payload(), StandardCharsets.ISO_8859_1);
    Set<String> all = new LinkedHashSet<>();
    for (int at = 0; at <= right.length(); at++) {
      String before = right.substring(0, at);
      all.add(before);
      if (at < right.length()) {
        all.add(before + right.substring(at + 1));
        all.add(before + right.charAt(at) + right.substring(at));
      }
      for (char sign : written.signs().toCharArray()) {
        all.add(before + sign + right.substring(at));
        if (at < right.length()) {
          all.add(before + sign + right.substring(at + 1));
        }
      }
    }
    all.removeIf(payload -> !payload.contains(WORD) || isInOrder(payload));
    return all;
  }

  /** Then it says something else, and not the same in a wrong way. */
  private static boolean isInOrder(String payload) {
    byte[] document = payload.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return payload.startsWith("<")
          ? !Xml.read(document).children().isEmpty()
          : Json.read(document).isContainer();
    } catch (Unreadable malformed) {
      return false;
    }
  }

  private static Interpreted read(Written written, String payload, String run) {
    return gateway
        .profiles()
        .interpret(
            new Sent(written.message().address(), payload.getBytes(StandardCharsets.ISO_8859_1))
                .inRun(run)
                .message());
  }

  private static List<String> types(Interpreted read) {
    return read instanceof Interpreted.Understood told
        ? told.events().stream().map(event -> event.type().value()).toList()
        : List.of();
  }
}
