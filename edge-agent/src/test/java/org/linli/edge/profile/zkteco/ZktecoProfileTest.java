package org.linli.edge.profile.zkteco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.StaleEvents;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

class ZktecoProfileTest {

  private static final String PASSAGE = "17\t2026-11-23 13:15:11\t0\t1\t0\t0\t0";

  private final TestProfiles profiles = profiles(false);

  static TestProfiles profiles(boolean people) {
    return TestProfiles.of(
        new ZktecoProfile(
            new ZktecoSettings(people),
            new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of())));
  }

  static Interpreted posted(TestProfiles profiles, String lines) {
    return profiles.posted("zkteco", "T1", "", lines.getBytes(StandardCharsets.UTF_8));
  }

  private static String event(int code, String more) {
    return "time=2026-11-23 13:16:00\tpin=17\tcardno=99\tevent=%d\t%s".formatted(code, more);
  }

  @Test
  void leavesOutWhoItWasUnlessItIsToldOtherwise() {
    assertThat(events(posted(profiles, PASSAGE)).getFirst().values().byName())
        .containsOnlyKeys("status", "verify");
    assertThat(String.valueOf(events(posted(profiles, PASSAGE)).getFirst().id()))
        .matches("attlog-1795410911-[0-9a-f]{16}");
    assertThat(events(posted(profiles(true), PASSAGE)).getFirst().values().byName())
        .containsKey("employee");
    assertThat(events(posted(profiles(true), event(0, ""))).getFirst().values().byName())
        .containsKeys("employee", "card");
  }

  @ParameterizedTest
  @CsvSource({
    "54, battery.low", "58, alarm.unknown", "62, access.denied", "68, access.denied",
    "221, input.activated", "220, input.released", "5000, device.fault", "5999, device.fault",
    "6000, sos.pressed", "6001, alarm.unknown", "6999, alarm.unknown", "4000, measurement",
    "7000, measurement"
  })
  void tellsFaultsAndAlarmsOfTheExtendedCodes(int code, String type) {
    DeviceEvent event = events(posted(profiles, event(code, "eventaddr=1"))).getFirst();

    assertThat(event.type()).hasToString(type);
    assertThat(event.values().find("cause"))
        .isEqualTo(code == 6000 ? Optional.of(new Value.Text("fire input")) : Optional.empty());
  }

  @Test
  void readsAnEventThatAControllerKeptWithTheIdThatItHadAtOnce() {
    String record =
        "transaction cardno=0\tpin=475\tverified=15\tdoorid=1\teventtype=3\tinoutstate=0"
            + "\ttime_second=864134160\tindex=521745\tmaskflag=1";
    DeviceEvent kept = events(posted(profiles, record)).getFirst();

    assertThat(kept.type()).hasToString("access.granted");
    assertThat(kept.time()).isEqualTo("2026-11-20T05:16:00Z");
    DeviceEvent alarm = events(posted(profiles, record.replace("type=3", "type=102"))).getFirst();
    assertThat(alarm.type()).hasToString("measurement");
    assertThat(alarm.values().find(StaleEvents.WAS)).contains(new Value.Text("door.forced"));
    String now = record.replace("864134160", "864393360");
    String atOnce = "time=2026-11-23 13:16:00\teventaddr=1\tevent=3\tindex=521745";
    assertThat(events(posted(profiles, now)).getFirst().givenId())
        .isEqualTo(events(posted(profiles, atOnce)).getFirst().givenId());
    assertThat(
            events(posted(profiles, record.replace("864134160", "yesterday")))
                .getFirst()
                .values()
                .byName())
        .containsKey("clock");
  }

  @Test
  void givesTwoPeopleOfOneSecondTwoEventsAndARepetitionOne() {
    String other = PASSAGE.replace("17\t", "18\t");

    List<DeviceEvent> both = events(posted(profiles, PASSAGE + "\n" + other));

    assertThat(both).extracting(DeviceEvent::id).doesNotHaveDuplicates();
    assertThat(events(posted(profiles, PASSAGE + "\r\n")).getFirst().id())
        .isEqualTo(both.getFirst().id());
  }

  @ParameterizedTest
  @CsvSource({
    "0, access.granted, T1",
    "27, access.denied, T1",
    "28, door.held-open, T1",
    "100, reader.tampered, T1",
    "101, sos.pressed, T1:sos",
    "102, door.forced, T1",
    "202, exit-button.pressed, T1",
    "206, measurement, T1",
    "65000, measurement, T1",
    "99, measurement, T1",
    "104, alarm.unknown, T1",
    "199, alarm.unknown, T1"
  })
  void knowsTheCodesThatMatter(int code, String type, String device) {
    DeviceEvent event = events(posted(profiles, event(code, "eventaddr=1"))).getFirst();

    assertThat(event.type().value()).isEqualTo(type);
    assertThat(event.device().value()).isEqualTo(device);
  }

  @Test
  void tellsTheDoorsOfAControllerApart() {
    List<DeviceEvent> closed = events(posted(profiles, event(201, "eventaddr=2\tindex=5")));

    assertThat(closed)
        .extracting(each -> each.type().value())
        .containsExactly("door.closed", "door.secured");
    assertThat(closed).allSatisfy(each -> assertThat(each.device().value()).isEqualTo("T1:door-2"));
    assertThat(closed.getFirst().id()).hasToString("rtlog-1795410960-5");
  }

  /** Time, counter and a neighbouring field are all broken. */
  @Test
  void takesAnAlarmWhateverIsBrokenBesideIt() {
    DeviceEvent alarm =
        events(
                posted(
                    profiles,
                    "time=yesterday\tpin=\tcardno=x\tevent=102\teventaddr=\tindex=-1"
                        + "\tverifytype=y"))
            .getFirst();

    assertThat(alarm.type().value()).isEqualTo("door.forced");
    assertThat(alarm.time()).isEqualTo(TestProfiles.RECEIVED);
    assertThat(alarm.values().byName()).containsKeys("clock", "defect");
  }

  /** Eight bits of a hash would make one of them a repeat of another. */
  @Test
  void givesAThousandPeopleOfOneSecondAsManyEvents() {
    String many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> PASSAGE.replace("17\t", i + "\t"))
            .collect(Collectors.joining("\n"));

    assertThat(events(posted(profiles, many)))
        .extracting(DeviceEvent::id)
        .doesNotHaveDuplicates()
        .hasSize(1_000);
  }

  @Test
  void wakesNobodyForAnAlarmThatATerminalKeptForDays() {
    String days = "2026-11-20 13:16:00";
    String today = "2026-11-22 19:16:00";
    String neverSet = "2000-01-01 00:00:00";

    assertThat(types("OPLOG 3\t0\t" + days + "\t54\t0\t0\t0")).containsExactly("measurement");
    DeviceEvent kept = events(posted(profiles, "OPLOG 32\t0\t" + days + "\t0\t0\t0\t0")).getFirst();
    assertThat(kept.type().value()).isEqualTo("measurement");
    assertThat(kept.values().toString()).contains("sos.pressed");
    assertThat(types(event(102, "eventaddr=1").replace("2026-11-23 13:16:00", days)))
        .as("is sent when it happens: the clock is behind")
        .containsExactly("door.forced");
    assertThat(types("OPLOG 3\t0\t" + today + "\t54\t0\t0\t0")).containsExactly("door.forced");
    assertThat(types("OPLOG 3\t0\t" + neverSet + "\t54\t0\t0\t0")).containsExactly("door.forced");
    assertThat(types(PASSAGE.replace("2026-11-23 13:15:11", days)))
        .as("a passage calls nobody")
        .containsExactly("access.granted");
  }

  @Test
  void quotesNothingOfALineThatMaySayWhoSomebodyIs() {
    String personal = "Li Hua 4711 card 1953862610";

    assertThat(refusal(posted(profiles, personal)).detail())
        .isEqualTo("line 1: is no record of a passage: PIN, time, status, ...");
    assertThat(events(posted(profiles, PASSAGE + "\n" + personal)).toString())
        .doesNotContain("4711", "Li Hua", "1953862610");
  }

  @Test
  void takesARecordWithoutATimeAtTheGateways() {
    DeviceEvent passage =
        events(posted(profiles, PASSAGE.replace("2026-11-23 13:15:11", "2026-02-30 99:99")))
            .getFirst();

    assertThat(passage.type().value()).isEqualTo("access.granted");
    assertThat(passage.time()).isEqualTo(TestProfiles.RECEIVED);
    assertThat(passage.values().byName()).containsKeys("clock", "defect");
    assertThat(types("OPLOG 32\t0")).containsExactly("sos.pressed");
  }

  /** A terminal sends a record again until it is acknowledged. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "17\t2026-02-30 99:99\t0\t1\t0\t0\t0",
        "OPLOG 32\t0\tyesterday\t0\t0\t0\t0",
        "time=yesterday\tpin=0\tevent=102\teventaddr=1",
        "time=0000-00-00 00:00:00\tpin=0\tevent=102\teventaddr=1\tindex=25",
      })
  void givesARecordWhoseTimeCannotBeReadOneIdHoweverOftenItIsSent(String record) {
    DeviceEvent first = events(posted(profiles, record)).getFirst();
    DeviceEvent again = events(posted(profiles, record + "\r\n")).getFirst();
    DeviceEvent other = events(posted(profiles, record + "\t1")).getFirst();

    assertThat(String.valueOf(first.id())).matches("[a-z]+-untimed-[0-9a-f]{16}");
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(other.id()).isNotEqualTo(first.id());
  }

  /** Two such records may be two alarms: told twice is better than not told. */
  @ParameterizedTest
  @ValueSource(strings = {"OPLOG 32\t0", "OPLOG 32\t0\t0000-00-00 00:00:00\t0\t0\t0\t0"})
  void givesARecordWithoutAnythingThatTellsItFromAnotherNoId(String record) {
    assertThat(events(posted(profiles, record)).getFirst().id()).isNull();
  }

  @Test
  void readsABufferThatWasSentWhole() {
    DeviceEvent alone = events(posted(profiles, PASSAGE)).getFirst();
    List<DeviceEvent> padded = events(posted(profiles, PASSAGE + "\r\n\0\0\0"));

    assertThat(padded).hasSize(1);
    assertThat(padded.getFirst().id()).isEqualTo(alone.id());
    assertThat(types("OPLOG 3\t0\t2026-11-23 13:16:00\t54\0\0")).containsExactly("door.forced");
    assertThat(types(event(102, "eventaddr=1") + "\0")).containsExactly("door.forced");
  }

  private List<String> types(String lines) {
    return events(posted(profiles, lines)).stream().map(each -> each.type().value()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "50, door.closed",
    "54, door.forced",
    "55, reader.tampered",
    "65535, measurement",
    "56, alarm.unknown",
    "0, alarm.unknown"
  })
  void readsAlarmsInTheOperationLog(int reason, String type) {
    assertThat(
            events(posted(profiles, "OPLOG 3\t0\t2026-11-23 13:16:00\t" + reason + "\t0\t0\t0"))
                .getFirst()
                .type()
                .value())
        .isEqualTo(type);
  }

  private static List<String> ids(List<DeviceEvent> events) {
    return events.stream().map(event -> String.valueOf(event.id())).toList();
  }

  /** Without a number of the controller's own, and with one that stands still. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\tindex=0"})
  void twoAlarmsOfOneSecondAreTwo(String index) {
    String forced = event(102, "eventaddr=1" + index);
    String shut = event(201, "eventaddr=01" + index);

    List<String> first = ids(events(posted(profiles, forced)));
    assertThat(ids(events(posted(profiles, forced)))).as("sent again").isEqualTo(first);
    List<String> end = ids(events(posted(profiles, shut)));
    List<String> second = ids(events(posted(profiles, forced)));

    assertThat(end).doesNotContainAnyElementsOf(first);
    assertThat(second).doesNotContainAnyElementsOf(first).hasSize(1);
    assertThat(ids(events(posted(profiles, forced)))).as("sent again").isEqualTo(second);
  }

  @Test
  void recordsAreJudgedInTheOrderOfTheirTimes() {
    String shut = event(201, "eventaddr=1").replace("13:16:00", "13:16:30");
    assertThat(
            events(posted(profiles, shut + "\n" + event(102, "eventaddr=1"))).stream()
                .map(event -> event.type().value()))
        .containsExactly("door.forced", "door.closed", "door.secured");
  }

  @Test
  void anAlarmThatIsSentAgainAfterItsEndIsTheSame() {
    List<String> forced = ids(events(posted(profiles, event(102, "eventaddr=1"))));
    var _ = posted(profiles, event(201, "eventaddr=1").replace("13:16:00", "13:16:01"));

    assertThat(ids(events(posted(profiles, event(102, "eventaddr=1"))))).isEqualTo(forced);
  }

  @Test
  void losesNoRecordForABrokenOne() {
    List<DeviceEvent> events = events(posted(profiles, PASSAGE + "\nhello\n" + PASSAGE));

    assertThat(events)
        .extracting(each -> each.type().value())
        .containsExactly("access.granted", "access.granted", "measurement");
    assertThat(events.getLast().values().byName().get("defect")).asString().contains("line 2: ");
    assertThat(events.getFirst().values().byName()).doesNotContainKey("defect");
  }

  @Test
  void refusesWhatHasMoreRecordsThanAMessageMay() {
    String many =
        IntStream.range(0, 1_001)
            .mapToObj(i -> PASSAGE.replace("17\t", i + "\t"))
            .collect(Collectors.joining("\n"));

    assertThat(refusal(posted(profiles, many)).reason()).isEqualTo(RefusalReason.TOO_LARGE);
  }
}
