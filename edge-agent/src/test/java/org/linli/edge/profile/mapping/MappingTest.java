package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.Repeat;
import org.linli.edge.profile.RepeatReason;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.Kind;
import org.linli.event.Value;

class MappingTest {

  private static final String LIFT =
      """
      mappings:
        - name: lift-controller
          topic: lifts/+/state
          kind: elevator
          device: $topic[1]
          otherwise: measurement
          events:
            - type: passenger.trapped
              when: alarm = "ENTRAP"
              id: seq
              time: ts * 1000
              values: {floor: car.floor, load: car.load_pct / 100}
            - type: levelling.drift
              when: $exists(car.off_mm)
              change: $abs(car.off_mm) > 10
              values: '{"mm": car.off_mm}'
      """;

  @TempDir Path folder;

  private TestProfiles profiles(String... texts) throws Exception {
    for (int i = 0; i < texts.length; i++) {
      Files.writeString(folder.resolve("m" + i + ".yml"), texts[i]);
    }
    MappingFiles files = new MappingFiles(folder, ZoneId.of("Asia/Shanghai"), new Changes());
    return TestProfiles.of(files.read(files.contents()).toArray(Profile[]::new));
  }

  @Test
  void makesEventsOfATopicAndADocument() throws Exception {
    DeviceEvent event =
        events(
                profiles(LIFT)
                    .published(
                        "lifts/lift-3/state",
                        """
                        {"seq":71,"ts":1795410900.5,"alarm":"ENTRAP","car":{"floor":7,"load_pct":50}}\
                        """))
            .getFirst();

    assertThat(event.device().value()).isEqualTo("lift-3");
    assertThat(event.kind()).isEqualTo(Kind.ELEVATOR);
    assertThat(event.type().value()).isEqualTo("passenger.trapped");
    assertThat(event.id()).isEqualTo(new EventId("71"));
    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T05:15:00.500Z"));
    assertThat(event.values().byName())
        .containsEntry("floor", new Value.Whole(7))
        .containsEntry("load", new Value.Real(0.5));
  }

  @Test
  void saysAStateWhereItChangesAndKeepsTheRestAsMeasurements() throws Exception {
    TestProfiles profiles = profiles(LIFT);

    assertThat(types(profiles.published("lifts/a/state", "{\"car\":{\"off_mm\":3}}")))
        .containsExactly("levelling.drift");
    assertThat(profiles.published("lifts/a/state", "{\"car\":{\"off_mm\":-4}}"))
        .isInstanceOf(Interpreted.PassedOver.class);
    assertThat(types(profiles.published("lifts/a/state", "{\"car\":{\"off_mm\":-14}}")))
        .containsExactly("levelling.drift");
    assertThat(types(profiles.published("lifts/a/state", "{\"speed\":1.5}")))
        .containsExactly("measurement");
  }

  private static final String PANEL =
      """
      mappings:
        - name: panel
          topic: panels/+
          kind: environment
          device: $topic[1]
          otherwise: ignore
          events:
            - {type: smoke.detected, when: '%s', change: state}
            - {type: smoke.cleared, when: 'state = "normal"', change: state}
      """;

  private TestProfiles restarted(TestProfiles before, String text) throws Exception {
    Files.writeString(folder.resolve("m0.yml"), text);
    MappingFiles files = new MappingFiles(folder, ZoneId.of("Asia/Shanghai"), new Changes());
    return before.restartedAs(files.read(files.contents()).toArray(Profile[]::new));
  }

  /** The former mapping had noted the state, and it did not know that it is an alarm. */
  @Test
  void judgesNoStateByWhatTheMappingMadeOfItBefore() throws Exception {
    String smoke = "{\"state\":\"prealarm\"}";
    TestProfiles former = profiles(PANEL.formatted("state = \"alarm\""));
    former.published("panels/a", smoke);

    String mended = PANEL.formatted("state in [\"alarm\", \"prealarm\"]");
    TestProfiles restarted = restarted(former, mended);
    assertThat(types(restarted.published("panels/a", smoke))).containsExactly("smoke.detected");

    String reordered = mended.replaceAll("(?m)^( *- \\{type: smoke.det.*)\n( *- .*)$", "$2\n$1");
    assertThat(reordered).isNotEqualTo(mended);
    assertThat(restarted(restarted, reordered).published("panels/a", smoke))
        .as("the same rules in another order")
        .isInstanceOf(Interpreted.PassedOver.class);
  }

  @Test
  void readsTextAndBytesAndParts() throws Exception {
    TestProfiles profiles =
        profiles(
            """
            mappings:
              - name: smoke-panel
                topic: [panels/+, fire/#]
                format: text
                kind: environment
                each: lines
                device: $topic[1] & "/" & $capture($, "zone (\\\\d+)")[0]
                events:
                  - {type: smoke.detected, when: '$matches($, "^ALARM")'}
                  - {type: smoke.cleared, when: '$matches($, "^CLEAR")'}
              - name: lora-box
                format: hex
                kind: environment
                events:
                  - type: measurement
                    values:
                      celsius: (bytes[0] * 256 + bytes[1]) / 10
            """);

    assertThat(events(profiles.published("fire/p1", "ALARM zone 3\nCLEAR zone 4")))
        .extracting(event -> event.device() + " " + event.type())
        .containsExactly("p1:3 smoke.detected", "p1:4 smoke.cleared");
    assertThat(
            events(profiles.posted("lora-box", "box-1", "", new byte[] {0, (byte) 215}))
                .getFirst()
                .values()
                .find("celsius"))
        .contains(new Value.Real(21.5));
  }

  @Test
  void readsAThousandPartsAndNotOneMore() throws Exception {
    TestProfiles profiles =
        profiles(
            """
            mappings:
              - {name: rows, topic: rows/+, format: text, kind: environment, each: lines, device: "$topic[1]",
                 events: [{type: row.seen}]}
            """);

    assertThat(events(profiles.published("rows/a", "x\n".repeat(1_000)))).hasSize(1_000);
    assertThat(refusal(profiles.published("rows/a", "x\n".repeat(1_001))).detail())
        .isEqualTo("each: a message may have at most 1000 parts, the mapping rows finds 1001");
  }

  @Test
  void refusesWhatItDoesNotKnowOrCannotRead() throws Exception {
    TestProfiles profiles = profiles(LIFT.replace("otherwise: measurement", "otherwise: refuse"));

    assertThat(refusal(profiles.published("lifts/a/state", "{\"speed\":1.5}")).reason())
        .isEqualTo(RefusalReason.NOTHING_IN_IT);
    assertThat(refusal(profiles.published("lifts/a/state", "{")).reason())
        .isEqualTo(RefusalReason.NOT_JSON);
    assertThat(
            events(profiles.published("lifts/a/state", "{\"alarm\":\"ENTRAP\",\"ts\":\"soon\"}"))
                .getFirst()
                .values()
                .toString())
        .contains("time: the mapping lift-controller fails on it");
    assertThat(
            events(
                    profiles.published(
                        "lifts/a/state", "{\"alarm\":\"ENTRAP\",\"ts\":1,\"seq\":{\"a\":1}}"))
                .getFirst()
                .values()
                .toString())
        .contains("id: the mapping gives no text for it");
    DeviceEvent old =
        events(profiles.published("lifts/a/state", "{\"alarm\":\"ENTRAP\",\"ts\":1}")).getFirst();
    assertThat(old.time()).isEqualTo(RECEIVED);
    assertThat(old.deviceTime()).isEqualTo(Instant.ofEpochSecond(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind: elevator      ; kinds: elevator     | m0.yml:4:5: mappings[1].kinds is not a key that is known here; did you mean kind? Known keys: name, topic
          kind: elevator      ; kind: lift          | m0.yml:4:11: mappings[1].kind is "lift"; write one of access, camera
          kind: elevator      ; kind: elevater      | m0.yml:4:11: mappings[1].kind is "elevater"; did you mean elevator?
          topic: lifts/+/state ; topic: lifts/#/x   | m0.yml:3:12: mappings[1].topic is "lifts/#/x"; # may only be the last level
          topic: lifts/+/state ; topic: linli/access/+ | m0.yml:3:12: mappings[1].topic is "linli/access/+"; that would read what is Linli's own
          topic: lifts/+/state ; topic: [a, lifts/#/x] | m0.yml:3:16: mappings[1].topic[2] is "lifts/#/x"; # may only be the last level
          device: $topic[1]   ; device: $topic[     | m0.yml:5:20: mappings[1].device is no expression that can be used: Expected "]" before end
          device: $topic[1]   ; each: cars          | m0.yml:2:5: mappings[1].device is missing; a topic does not say which device it is
          device: $topic[1]   ; device:             | m0.yml:5:12: mappings[1].device has no value; give one
          id: seq             ; id: $hash(seq)      | m0.yml:10:19: mappings[1].events[1].id is no expression that can be used: Attempted to invoke a non-function
          id: seq             ; id: $match(seq, /x/) | m0.yml:10:25: mappings[1].events[1].id is no expression that can be used: it has a regular expression
          floor: car.floor    ; floor: car.         | m0.yml:12:29: mappings[1].events[1].values.floor is no expression
          floor: car.floor    ; load: car.floor     | m0.yml:12:35: mappings[1].events[1].values.load is given twice
          name: lift-controller ; name: Lift        | m0.yml:2:11: mappings[1].name is "Lift"; write 1 to 32 lower-case letters
          type: levelling.drift ; type: Levelling   | m0.yml:13:15: mappings[1].events[2].type is "Levelling"; type is not words
          events:             ; event:              | m0.yml:2:5: mappings[1].events is missing; add it.
          mappings:           ; mappings: }         | m0.yml:1:11: this is not YAML
          device: $topic[1]   ; device: &d $topic[1] | m0.yml:5:13: anchors and aliases (& and *) are not read here
          """)
  void saysWhereAFileIsWrong(String change, String said) {
    String[] parts = change.split(" *; *");

    assertThatThrownBy(() -> profiles(LIFT.replace(parts[0].strip(), parts[1].strip())))
        .isInstanceOf(BadMappingException.class)
        .hasMessageContaining(said);
  }

  private static final String GATE =
      """
      mappings:
        - name: gate
          topic: gates/+
          kind: access
          device: $topic[1]
          otherwise: OTHERWISE
          events:
            - {type: door.forced, when: active = 1, change: active}
      """;

  /**
   * An all-clear that becomes no event, or even a dead letter, is the message before all the same.
   */
  @ParameterizedTest
  @ValueSource(strings = {"refuse", "measurement", "ignore"})
  void comparesAChangeWithTheMessageBeforeWhetherOrNotThatPassedWhen(String otherwise)
      throws Exception {
    TestProfiles profiles = profiles(GATE.replace("OTHERWISE", otherwise));

    List<Boolean> forced =
        Stream.of("{\"active\":1}", "{\"active\":1}", "{\"active\":0}", "{\"active\":1}")
            .map(message -> isForced(profiles.published("gates/g-1", message)))
            .toList();

    assertThat(forced).containsExactly(true, false, false, true);
  }

  private static boolean isForced(Interpreted read) {
    return read instanceof Interpreted.Understood understood
        && types(understood).contains("door.forced");
  }

  @Test
  void aMessageThatAChangeDoesNotFitLeavesTheStateAsItIs() throws Exception {
    TestProfiles profiles =
        profiles(
            GATE.replace("OTHERWISE", "measurement")
                .replace("change: active", "change: $abs(active)"));

    assertThat(isForced(profiles.published("gates/g-1", "{\"active\":1}"))).isTrue();
    assertThat(isForced(profiles.published("gates/g-1", "{\"battery\":4}"))).isFalse();
    assertThat(isForced(profiles.published("gates/g-1", "{\"active\":\"?\"}"))).isFalse();
    assertThat(isForced(profiles.published("gates/g-1", "{\"active\":1}"))).isFalse();
  }

  /** Case 40 of the field: Eleon S1's states, as its mapping in docs/examples reads them. */
  @Test
  void tellsTheSecondLossOfAConnectionToo() throws Exception {
    TestProfiles profiles =
        profiles(Files.readString(Path.of("../docs/examples/mappings/eleon-s1.yml")));
    List<String> told = new ArrayList<>();

    for (int i = 0; i < 4; i++) {
      byte[] state =
          Files.readAllBytes(
              Path.of("src/test/resources/field/40-mapping-change-rearm/eleon" + i + ".json"));
      told.addAll(types(profiles.published("/eleon-7/connected-to-controller", state)));
    }

    assertThat(told)
        .containsExactly("device.online", "device.offline", "device.online", "device.offline");
  }

  @Test
  void countsAStateThatIsSaidAgain() throws Exception {
    TestProfiles profiles = profiles(GATE.replace("OTHERWISE", "ignore"));
    profiles.published("gates/g-1", "{\"active\":1}");

    assertThat(profiles.published("gates/g-1", "{\"active\":1}").basis().repeats())
        .containsExactly(new Repeat(new DeviceId("g-1"), RepeatReason.UNCHANGED));
  }

  @Test
  void namesTheProblemsOfAllFilesInOneGo() {
    assertThatThrownBy(
            () ->
                profiles(
                    LIFT.replace("kind: elevator", "kind: lift").replace("id: seq", "id: seq)"),
                    LIFT.replace("name: lift-controller", "nam: lift")))
        .message()
        .containsSubsequence(
            "m0.yml:4:11: mappings[1].kind is",
            "\nm0.yml:10:",
            "\nm1.yml:2:5: mappings[1].nam is not a key that is known here; did you mean name?");
  }

  @Test
  void refusesTwoMappingsForOneTopicOrOfOneName() {
    assertThatThrownBy(() -> profiles(LIFT, LIFT.replace("lift-controller", "other")))
        .isInstanceOf(BadMappingException.class)
        .hasMessage(
            "m1.yml:2:5: topic: lifts/+/state may read the same as lifts/+/state of lift-controller"
                + " at m0.yml:2:5");
    assertThatThrownBy(() -> profiles(LIFT, LIFT.replace("lifts/", "other/")))
        .hasMessage("m1.yml:2:5: name: lift-controller is there already at m0.yml:2:5");
  }

  @Test
  void refusesWhatIsNoMappingFile() throws Exception {
    Files.write(folder.resolve("m0.yml"), new byte[] {(byte) 0xff, 1});
    assertThatThrownBy(this::profiles)
        .hasMessageContaining("m0.yml:1:1: from here on it is not UTF-8 text");
    Files.writeString(folder.resolve("m0.yml"), "");
    assertThatThrownBy(this::profiles)
        .hasMessage("m0.yml: it is empty; it needs mappings: and a list under it.");
    Files.writeString(folder.resolve("m0.yml"), "a: ".repeat(5_000));
    assertThatThrownBy(this::profiles).isInstanceOf(BadMappingException.class);
    Files.write(folder.resolve("m0.yml"), new byte[2_000_000]);
    assertThatThrownBy(this::profiles).hasMessageContaining("m0.yml: it is larger than 1 MB");
    Files.writeString(
        folder.resolve("m0.yml"),
        "a: &a [x,x]\nb: &b [*a,*a]\nmappings: [*b,*b,*b]\n",
        StandardCharsets.UTF_8);
    assertThatThrownBy(this::profiles).isInstanceOf(BadMappingException.class);
  }

  private static List<String> types(Interpreted interpreted) {
    return events(interpreted).stream().map(event -> event.type().value()).toList();
  }
}
