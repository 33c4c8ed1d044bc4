package org.linli.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be called what: everything that becomes part of a topic, a path or a file name. */
class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"door-1", "a", "7", "00158d0001a2b3c4", "a.b", "b1:f3@x_y", "一号门", "é"})
  void takesOrdinaryNames(String name) {
    assertThat(new DeviceId(name)).hasToString(name);
    assertThat(new GatewayId(name)).hasToString(name);
    assertThat(new CommunityId(name)).hasToString(name);
    assertThat(new Values(Map.of(name, new Value.Whole(1))).find(name)).isPresent();
  }

  static Stream<Arguments> badNames() {
    return Stream.of(
        Arguments.of("", "is empty"),
        Arguments.of("d".repeat(300), "has 300 characters, at most"),
        Arguments.of("a/b", "U+002F at position 2"),
        Arguments.of("..", "leading dot or two dots"),
        Arguments.of("a..b", "leading dot or two dots"),
        Arguments.of(".hidden", "leading dot or two dots"),
        Arguments.of("a\nb", "U+000A at position 2"),
        Arguments.of("a\u0000", "U+0000 at position 2"),
        Arguments.of("\u007f", "U+007F at position 1"),
        Arguments.of("a b", "U+0020 at position 2"),
        Arguments.of("a+b", "U+002B at position 2"),
        Arguments.of("#", "U+0023 at position 1"),
        Arguments.of("$SYS", "U+0024 at position 1"),
        Arguments.of("~x", "U+007E at position 1"),
        Arguments.of("a\\b", "U+005C at position 2"),
        Arguments.of("a\u202eb", "U+202E at position 2"),
        Arguments.of("\ud83d\ude00", "U+D83D at position 1"));
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void refusesWhatCannotStandInATopicOrAPath(String name, String because) {
    assertThatThrownBy(() -> new DeviceId(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("device id ")
        .hasMessageContaining(because);
    assertThatThrownBy(() -> new GatewayId(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("gateway id ")
        .hasMessageContaining(because);
    assertThatThrownBy(() -> new CommunityId(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("community id ")
        .hasMessageContaining(because);
    assertThatThrownBy(() -> new Values(Map.of(name, new Value.Whole(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the name of a value ")
        .hasMessageContaining(because);
  }

  @Test
  void takesLettersDigitsAndFiveSignsAndNothingElse() {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      String name = "a" + c;
      boolean isTaken;
      try {
        isTaken = new DeviceId(name).value().equals(name);
      } catch (IllegalArgumentException refused) {
        isTaken = false;
      }
      assertThat(isTaken)
          .as("U+%04X", (int) c)
          .isEqualTo(Character.isLetterOrDigit(c) || "-_.:@".indexOf(c) >= 0);
    }
  }

  @Test
  void keepsToTheLongestNames() {
    assertThatCode(() -> new DeviceId("d".repeat(128))).doesNotThrowAnyException();
    assertThatThrownBy(() -> new DeviceId("d".repeat(129))).hasMessageContaining("at most 128");
    assertThatCode(() -> new GatewayId("g".repeat(64))).doesNotThrowAnyException();
    assertThatThrownBy(() -> new GatewayId("g".repeat(65))).hasMessageContaining("at most 64");
    assertThatCode(() -> new CommunityId("c".repeat(64))).doesNotThrowAnyException();
    assertThatThrownBy(() -> new CommunityId("c".repeat(65))).hasMessageContaining("at most 64");
    assertThatCode(() -> new EventId("i".repeat(128))).doesNotThrowAnyException();
    assertThatThrownBy(() -> new EventId("i".repeat(129))).hasMessageContaining("at most 128");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a1b2-17", "1718987129.308396-fqk5ka", "a/b c", "事件 7", "..", "0"})
  void takesWhateverADeviceCallsItsEvents(String id) {
    assertThat(new EventId(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~x", "a\nb", "a\u0000", "a\u0085", "\ud83d", "\ud83d\ude00"})
  void refusesIdsThatWouldBreakALogOrAnotherEvent(String id) {
    assertThatThrownBy(() -> new EventId(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("id ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"measurement", "door.held-open", "a.b.c", "x1.2-3"})
  void takesTypesInWordsAndDots(String type) {
    assertThat(new EventType(type)).hasToString(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Door",
        "door.",
        ".door",
        "door..open",
        "door-",
        "a b",
        "a/b",
        "门",
        "a_b",
        "a.-b"
      })
  void refusesTypesInAnyOtherForm(String type) {
    assertThatThrownBy(() -> new EventType(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("type ");
  }

  @Test
  void refusesTooManyValuesAndTooLongTexts() {
    Map<String, Value> many = new LinkedHashMap<>();
    for (int i = 0; i <= Values.MAX_COUNT; i++) {
      many.put("v" + i, new Value.Whole(i));
    }

    assertThatThrownBy(() -> new Values(many)).hasMessageContaining("129 entries, at most 128");
    assertThatThrownBy(() -> new Value.Text("t".repeat(1025))).hasMessageContaining("1025");
    assertThatThrownBy(() -> new Value.Text("a\ude00")).hasMessageContaining("position 2");
    assertThatThrownBy(() -> new Value.Real(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Value.Real(Double.NEGATIVE_INFINITY)).hasMessageContaining("Inf");
  }

  @Test
  void keepsTimesToTheMillisecondWithinTheCalendar() {
    TakenEvent taken = TestEvents.measured("s-1", 1, new Value.Whole(1));
    DeviceEvent event = taken.event();

    assertThat(at(event, Instant.parse("2026-11-23T05:16:00.123456789Z")).time())
        .isEqualTo(Instant.parse("2026-11-23T05:16:00.123Z"));
    assertThat(at(event, Instant.parse("0001-01-01T00:00:00Z")).time().toEpochMilli()).isNegative();
    assertThatThrownBy(() -> at(event, Instant.MAX)).hasMessageContaining("0001 to 9999");
    assertThatThrownBy(() -> at(event, Instant.MIN)).hasMessageContaining("0001 to 9999");
  }

  @Test
  void derivesAnIdThatNoOtherEventHas() {
    TakenEvent one = TestEvents.measured("1-b", 2, new Value.Whole(1));
    TakenEvent other = TestEvents.measured("b", 2, new Value.Whole(1));

    assertThat(one.traceId(new GatewayId("a"), 1)).isEqualTo("~a~1~1-b~2");
    assertThat(other.traceId(new GatewayId("a-1"), 1)).isEqualTo("~a-1~1~b~2");
  }

  private static DeviceEvent at(DeviceEvent event, Instant time) {
    return new DeviceEvent(
        event.device(),
        event.kind(),
        event.type(),
        event.id(),
        time,
        null,
        event.takenAt(),
        event.values());
  }
}
