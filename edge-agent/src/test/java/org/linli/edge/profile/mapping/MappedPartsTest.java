package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/** Messages of own mappings with several parts, or with something that cannot be read. */
class MappedPartsTest {

  private static final String LOOP =
      """
      mappings:
        - name: loop
          topic: loops/+
          kind: environment
          each: points
          device: $topic[1]
          otherwise: ignore
          events:
            - {type: smoke.detected, when: 'state = "alarm"', change: state, time: at, values: {where: place}}
            - {type: smoke.cleared, when: 'state = "normal"', change: state}
      """;

  static List<String> told(TestProfiles profiles, String points) {
    Interpreted read =
        profiles.published("loops/p-1", "{'points':[%s]}".formatted(points).replace('\'', '"'));
    return read instanceof Interpreted.Understood understood
        ? understood.events().stream().map(event -> event.type().value()).toList()
        : List.of();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'name':'%s',", "'id':'%s',", "'Zone':'%s',", "'text':'%s',", ""})
  void everyPointHasAStateOfItsOwn(String name) {
    TestProfiles profiles = TestMappings.of(LOOP);
    String a = "{" + name.formatted("a") + "'state':'%s'}";
    String b = "{" + name.formatted("b") + "'state':'%s'}";
    List<List<String>> told = new ArrayList<>();

    for (String[] states :
        new String[][] {
          {"alarm", "normal"}, {"alarm", "normal"}, {"alarm", "alarm"}, {"alarm", "alarm"}
        }) {
      told.add(told(profiles, a.formatted(states[0]) + "," + b.formatted(states[1])));
    }

    assertThat(told)
        .containsExactly(
            // The hub has one alert for the device: b's normal state must not end it while a burns.
            List.of("smoke.detected"), List.of(), List.of("smoke.detected"), List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"'name':'%s',", "'loop':1,'address':'%s',", "'text':'%s',", ""})
  void theAlarmEndsWithTheLastPointThatHoldsIt(String name) {
    TestProfiles profiles = TestMappings.of(LOOP);
    String a = "{" + name.formatted("a") + "'state':'%s'}";
    String b = "{" + name.formatted("b") + "'state':'%s'}";
    List<List<String>> told = new ArrayList<>();

    for (String[] states :
        new String[][] {
          {"alarm", "alarm"}, {"normal", "alarm"}, {"alarm", "normal"}, {"fault", "normal"},
          {"normal", "normal"}, {"normal", "normal"}, {"normal", "alarm"}, {"normal", "normal"}
        }) {
      told.add(told(profiles, a.formatted(states[0]) + "," + b.formatted(states[1])));
    }

    assertThat(told)
        .containsExactly(
            List.of("smoke.detected", "smoke.detected"),
            List.of(),
            List.of("smoke.detected"),
            List.of(),
            List.of("smoke.cleared"),
            List.of(),
            List.of("smoke.detected"),
            List.of("smoke.cleared"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'loop':1,'address':%d,",
        "'loopNo':1,'address':%d,",
        "'channel':2,'zone_id':%d,",
        "'name':'hall','id':%d,",
        "'回路':1,'地址':%d,",
      })
  void everyDetectorOfALoopIsTold(String address) {
    TestProfiles profiles = TestMappings.of(LOOP);
    String fire = "{" + address + "'state':'alarm'}";

    assertThat(told(profiles, fire.formatted(17) + "," + fire.formatted(18)))
        .containsExactly("smoke.detected", "smoke.detected");
    assertThat(told(profiles, fire.formatted(18) + "," + fire.formatted(17))).isEmpty();
    assertThat(told(profiles, fire.formatted(19))).containsExactly("smoke.detected");
    assertThat(told(profiles, "{" + address.formatted(17) + "'state':'normal'}")).isEmpty();
  }

  /** Without {@code each}: every detector has a message of its own. */
  @Test
  void detectorsThatSendForThemselvesAreToldApartToo() {
    TestProfiles profiles = TestMappings.of(LOOP.replace("    each: points\n", ""));
    String says = "{\"loop\":1,\"address\":%d,\"state\":\"%s\"}";
    List<Integer> told = new ArrayList<>();

    for (Object[] each :
        new Object[][] {
          {17, "alarm"}, {18, "alarm"}, {18, "alarm"}, {17, "normal"}, {18, "normal"}
        }) {
      Interpreted read = profiles.published("loops/p-1", says.formatted(each));
      told.add(read instanceof Interpreted.Understood some ? some.events().size() : 0);
    }

    assertThat(told).containsExactly(1, 1, 0, 0, 1);
  }

  /** A bay is no alarm: each one that is freed is told. */
  @Test
  void tellsEveryChangeOfWhatIsNoAlarm() {
    TestProfiles profiles =
        TestMappings.of(
            LOOP.replace("smoke.detected", "bay.occupied").replace("smoke.cleared", "bay.freed"));

    assertThat(told(profiles, "{'name':'a','state':'alarm'},{'name':'b','state':'normal'}"))
        .containsExactly("bay.occupied", "bay.freed");
  }

  @Test
  void tellsTheAlarmOfAPointThatComesAloneBesideThatOfAnother() {
    TestProfiles profiles = TestMappings.of(LOOP);
    told(profiles, "{'name':'a','state':'alarm'},{'name':'b','state':'normal'}");

    assertThat(told(profiles, "{'name':'b','state':'alarm'}")).containsExactly("smoke.detected");
    assertThat(told(profiles, "{'name':'a','state':'alarm'}")).isEmpty();
  }

  @Test
  void tellsPointsApartAsTheMappingSays() {
    TestProfiles profiles =
        TestMappings.of(
            LOOP.replace("otherwise:", "point: place & \"/\" & $string(nr)\n    otherwise:"));

    assertThat(told(profiles, "{'place':'hall','nr':1,'state':'alarm'}"))
        .containsExactly("smoke.detected");
    assertThat(told(profiles, "{'place':'hall','nr':2,'state':'alarm'}"))
        .containsExactly("smoke.detected");
    assertThat(told(profiles, "{'place':'hall','nr':1,'state':'alarm'}")).isEmpty();
  }

  /** What is read as the state is no name of a point: every all-clear would be of another one. */
  @Test
  void takesNoStateForTheNameOfAPoint() {
    TestProfiles profiles = TestMappings.of(LOOP.replace("state", "code"));

    assertThat(told(profiles, "{'code':'alarm'}")).containsExactly("smoke.detected");
    assertThat(told(profiles, "{'code':'normal'}")).containsExactly("smoke.cleared");
    assertThat(told(profiles, "{'code':'alarm'}")).containsExactly("smoke.detected");
  }

  private static final String PANEL =
      """
      mappings:
        - name: panel
          topic: panels/+
          kind: environment
          each: parts
          device: $topic[1] & "/" & $substring(zone, 1)
          events:
            - {type: smoke.detected, when: 'alarm = "smoke"', id: id}
            - {type: gas.detected, when: $number(ppm) > 500}
            - {type: measurement, when: $exists(celsius), values: {celsius: $number(celsius)}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'zone':3,'alarm':'smoke'},GOOD",
        "GOOD,{'zone':3}",
        "GOOD,{'zone':'z2','ppm':'?'}",
        "{'zone':'z2','ppm':'?'},GOOD",
        "{'zone':'z4','celsius':'?'},GOOD",
        "{'zone':'z2','ppm':'?','alarm':'none'},GOOD,7",
      })
  void tellsAnAlarmBesideAPartThatCannotBeRead(String parts) {
    List<DeviceEvent> events =
        events(
            TestMappings.of(PANEL)
                .published(
                    "panels/p",
                    "{'parts':[%s]}"
                        .formatted(parts.replace("GOOD", "{'zone':'z1','alarm':'smoke'}"))
                        .replace('\'', '"')));

    assertThat(events).extracting(event -> event.type().value()).contains("smoke.detected");
    assertThat(events.getFirst().values().find("defect").toString()).contains("the mapping panel");
  }

  @Test
  void tellsAnAlarmWhoseOtherRuleFails() {
    Interpreted read =
        TestMappings.of(PANEL)
            .published(
                "panels/p",
                "{\"parts\":{\"zone\":\"z1\",\"alarm\":\"smoke\",\"ppm\":\"?\",\"celsius\":\"?\"}}");

    assertThat(events(read).getFirst().values().find("defect").toString())
        .contains("when: the mapping panel fails on it", "values.celsius: the mapping panel fails");
  }

  @Test
  void refusesAMessageThatTellsNoAlarmForItsPart() {
    assertThat(
            refusal(
                    TestMappings.of(PANEL)
                        .published(
                            "panels/p",
                            "{\"parts\":[{\"zone\":\"z1\",\"celsius\":4},{\"zone\":\"z2\",\"celsius\":\"?\"}]}"))
                .detail())
        .contains("values.celsius: the mapping panel fails on it");
  }

  @Test
  void onlyThePartWhoseTimeIsUnreadableHasTheGatewaysTime() {
    Interpreted read =
        TestMappings.of(LOOP)
            .published(
                "loops/p",
                """
                {"points":[{"name":"a","state":"alarm","at":"soon"},{"name":"b","state":"alarm","at":"2026-11-23T05:15:00Z"}]}\
                """);

    assertThat(events(read))
        .extracting(event -> event.values().find("clock").isPresent())
        .containsExactly(true, false);
  }

  @Test
  void oneIdForTwoAlarmsMakesTwoEvents() {
    List<DeviceEvent> events =
        events(
            TestMappings.of(
                    """
                    mappings:
                      - name: uplink
                        topic: up/+
                        kind: environment
                        device: $topic[1]
                        events:
                          - {type: water.leak, when: leak, id: msg}
                          - {type: door.opened, when: open, id: msg}
                    """)
                .published("up/a", "{\"leak\":true,\"open\":true,\"msg\":\"m-1\"}"));

    assertThat(events)
        .extracting(event -> event.givenId().orElseThrow().value())
        .containsExactly("m-1", "door.opened::m-1");
  }

  /** An end that is refused for its name would let the next alarm count as a repeat. */
  @Test
  void anEndWithAnUnreadableNameEndsAllTheSame() {
    TestProfiles profiles =
        TestMappings.of(
            """
            mappings:
              - name: gate
                topic: gates/+
                kind: access
                device: $topic[1]
                otherwise: ignore
                events:
                  - {type: door.forced, when: active = 1, change: active, values: {name: name}}
            """);
    byte[] forced = gbk("{\"active\":1,\"name\":\"东门联通\"}");
    byte[] shut = gbk("{\"active\":0,\"name\":\"东门联通\"}");

    DeviceEvent first = events(profiles.published("gates/g", forced)).getFirst();
    assertThat(first.values().find("name").toString()).contains("东门联通");
    assertThat(first.values().find("defect").toString()).contains("is not UTF-8");
    assertThat(profiles.published("gates/g", forced)).isInstanceOf(Interpreted.PassedOver.class);
    assertThat(profiles.published("gates/g", shut)).isInstanceOf(Interpreted.PassedOver.class);
    assertThat(events(profiles.published("gates/g", forced))).hasSize(1);
  }

  private static byte[] gbk(String text) {
    return text.getBytes(Charset.forName("GBK"));
  }

  /** Whatever else comes, an alarm that a point told is neither ended nor told again. */
  @Property(tries = 300)
  void nothingElseEndsARaisedAlarm(@ForAll("others") List<String> others) {
    TestProfiles profiles = TestMappings.of(LOOP);
    String raised = "{'name':'a','state':'alarm'}";
    assertThat(told(profiles, raised)).containsExactly("smoke.detected");

    for (String other : others) {
      told(profiles, other);
      assertThat(told(profiles, raised)).as("after %s", other).isEmpty();
    }

    String normal =
        "{'name':'a','state':'normal'},{'name':'b','state':'normal'},{'name':'c','state':'normal'}";
    assertThat(told(profiles, normal)).contains("smoke.cleared");
    assertThat(told(profiles, raised)).containsExactly("smoke.detected");
  }

  @Provide
  Arbitrary<List<String>> others() {
    return Arbitraries.of(
            "",
            "7",
            "{'name':'b','state':'normal'}",
            "{'name':'b','state':'alarm'}",
            "{'name':'b','state':'normal'},{'name':'c','state':'alarm'}",
            "{'name':'a','battery':4}",
            "{'name':'a','state':null}",
            "{'battery':4},{'name':'b','state':'normal'}",
            "{'name':'b','state':'alarm','at':'?'},{'name':'a'}",
            "{",
            "{'state':'normal'}")
        .list()
        .ofMaxSize(12);
  }

  /** Case 40 of the field, with the texts that firmware puts around its documents. */
  @ParameterizedTest
  @ValueSource(strings = {"%s\u0000", "%s\u0000\r\n", "\ufeff%s", "\ufeff%s\u0000\u0000"})
  void readsWhatFirmwareSendsAroundADocument(String around) throws IOException {
    String eleon = Files.readString(Path.of("../docs/examples/mappings/eleon-s1.yml"));

    assertThat(
            events(
                TestMappings.of(eleon)
                    .published(
                        "/eleon-7/connected-to-controller",
                        around.formatted("{\"timestamp\":1795906227,\"value\":true}"))))
        .hasSize(1);
  }
}
