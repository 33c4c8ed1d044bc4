package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;

import org.junit.jupiter.api.Test;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

/** Parts of a message of an own mapping that have times of their own (decision 0063). */
class MappedPartTimesTest {

  private static final String TIMED =
      """
      mappings:
        - name: timed
          topic: loops/+
          kind: environment
          each: points
          device: $topic[1]
          otherwise: ignore
          events:
            - {type: smoke.detected, when: 'state = "alarm"', time: at, id: no, values: {where: name}}
            - {type: smoke.cleared, when: 'state = "normal"', time: at, id: no}
      """;

  private static String point(String name, String state, int second, int no) {
    return "{'name':'%s','state':'%s','at':'2026-11-23T05:15:%02dZ','no':'n%d'}"
        .formatted(name, state, second, no);
  }

  @Test
  void anEndThatIsOlderThanTheAlarmOfItsPointEndsNothing() {
    TestProfiles profiles = TestMappings.of(TIMED);
    assertThat(MappedPartsTest.told(profiles, point("a", "alarm", 30, 1)))
        .containsExactly("smoke.detected");
    assertThat(MappedPartsTest.told(profiles, point("a", "normal", 10, 2)))
        .containsExactly("measurement");
    assertThat(MappedPartsTest.told(profiles, point("a", "normal", 40, 3)))
        .containsExactly("smoke.cleared");

    assertThat(MappedPartsTest.told(profiles, point("02", "alarm", 41, 4)))
        .containsExactly("smoke.detected");
    assertThat(MappedPartsTest.told(profiles, point("2", "normal", 42, 5)))
        .as("the point 2 is the point 02")
        .containsExactly("smoke.cleared");
  }

  @Test
  void partsAreJudgedInTheOrderOfTheirTimes() {
    TestProfiles profiles = TestMappings.of(TIMED);
    String newestFirst = String.join(",", point("a", "normal", 30, 1), point("a", "alarm", 10, 2));
    assertThat(MappedPartsTest.told(profiles, newestFirst))
        .containsExactly("smoke.detected", "smoke.cleared");
  }

  @Test
  void anOldEndOfARuleOfChangesIsMeasured() {
    TestProfiles profiles = TestMappings.of(TIMED.replace("id: no", "change: state"));
    assertThat(MappedPartsTest.told(profiles, point("a", "alarm", 30, 1)))
        .containsExactly("smoke.detected");
    assertThat(MappedPartsTest.told(profiles, point("a", "normal", 10, 1)))
        .containsExactly("measurement");
    assertThat(MappedPartsTest.told(profiles, point("a", "alarm", 31, 1))).isEmpty();
    assertThat(MappedPartsTest.told(profiles, point("a", "normal", 40, 1)))
        .containsExactly("smoke.cleared");
  }

  @Test
  void anAlarmWhoseEndWasKeptAndCameFirstIsToldWithItsEnd() {
    TestProfiles profiles = TestMappings.of(TIMED);
    assertThat(MappedPartsTest.told(profiles, point("a", "normal", 40, 1)))
        .containsExactly("smoke.cleared");
    assertThat(MappedPartsTest.told(profiles, point("a", "alarm", 30, 2)))
        .containsExactly("smoke.detected", "smoke.cleared");
    assertThat(MappedPartsTest.told(profiles, point("b", "alarm", 20, 3)))
        .as("its end is not known")
        .containsExactly("smoke.detected");

    assertThat(MappedPartsTest.told(profiles, point("c", "normal", 40, 4))).isEmpty();
    assertThat(MappedPartsTest.told(profiles, point("c", "alarm", 30, 5)))
        .as("it holds at b")
        .containsExactly("smoke.detected");
    assertThat(MappedPartsTest.told(profiles, point("b", "normal", 50, 6)))
        .containsExactly("smoke.cleared");
  }

  /** An end of several alarms is one statement. */
  @Test
  void anOldEndOfSeveralAlarmsIsCountedOnce() {
    TestProfiles profiles =
        TestMappings.of(
            """
            mappings:
              - name: loops
                topic: loops/+
                kind: environment
                device: $topic[1]
                events:
                  - {type: smoke.detected, when: 'state = "alarm"', time: at}
                  - {type: smoke.alarm, when: 'state = "alarm"', time: at}
                  - {type: smoke.cleared, when: 'state = "normal"', time: at}
            """);
    long now = TestProfiles.RECEIVED.toEpochMilli();
    assertThat(
            events(
                profiles.published(
                    "loops/p-1", "{\"state\":\"alarm\",\"at\":%d}".formatted(now - 60_000))))
        .hasSize(2);

    Interpreted old =
        profiles.published(
            "loops/p-1", "{\"state\":\"normal\",\"at\":%d}".formatted(now - 120_000));

    assertThat(events(old))
        .extracting(event -> event.type().value())
        .containsExactly("measurement");
    assertThat(old.basis().repeats()).hasSize(1);
  }

  @Test
  void aPartThatCameBeforeHoldsNothing() {
    TestProfiles profiles = TestMappings.of(TIMED);
    assertThat(MappedPartsTest.told(profiles, point("a", "alarm", 30, 1)))
        .containsExactly("smoke.detected");
    assertThat(MappedPartsTest.told(profiles, point("a", "normal", 31, 2)))
        .containsExactly("smoke.cleared");
    Interpreted again =
        profiles.published(
            "loops/p-1",
            "{'points':[%s,%s]}"
                .formatted(point("a", "alarm", 30, 1), point("b", "alarm", 32, 3))
                .replace('\'', '"'));
    again.basis().repeated(part -> part == again.basis().part(0));

    assertThat(MappedPartsTest.told(profiles, point("b", "normal", 33, 4)))
        .as("the alarm of the first part is over, and came again late")
        .containsExactly("smoke.cleared");
  }

  @Test
  void aTimeThatARuleDoesNotFindIsMarked() {
    TestProfiles profiles = TestMappings.of(TIMED);
    DeviceEvent event =
        events(
                profiles.published(
                    "loops/p-1", "{'points':[{'name':'a','state':'alarm'}]}".replace('\'', '"')))
            .getFirst();
    assertThat(event.values().find("clock")).contains(new Value.Text("gateway"));
  }
}
