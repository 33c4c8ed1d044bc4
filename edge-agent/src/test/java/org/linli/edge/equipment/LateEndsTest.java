package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.equipment.DatedStates.dialects;
import static org.linli.edge.equipment.DatedStates.entry;
import static org.linli.edge.equipment.DatedStates.event;
import static org.linli.edge.equipment.DatedStates.leak;
import static org.linli.edge.equipment.DatedStates.linliJson;
import static org.linli.edge.equipment.DatedStates.metric;
import static org.linli.edge.equipment.DatedStates.notification;
import static org.linli.edge.equipment.DatedStates.notifications;
import static org.linli.edge.equipment.DatedStates.senml;
import static org.linli.edge.equipment.DatedStates.sparkplug;
import static org.linli.edge.equipment.DatedStates.thingsBoard;
import static org.linli.edge.equipment.RaisedAlarm.linli;
import static org.linli.edge.equipment.RaisedAlarm.mqtt;
import static org.linli.edge.equipment.RaisedAlarm.post;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.equipment.DatedStates.Dialect;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Origin;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.RepeatReason;
import org.linli.event.DeviceEvent;
import org.springframework.util.FileSystemUtils;

/**
 * In every format that dates its states: an end that is older than the alarm by the device's own
 * clock ends nothing, and an alarm that is said after its end is told (decision 0063).
 */
class LateEndsTest {

  /** What came first. */
  private static final Instant FIRST = Instant.parse("2026-11-23T05:14:00Z");

  /** When everything is received, in whole seconds. */
  private static final Instant NOW = Instant.parse("2026-11-23T05:16:00Z");

  private static final int EARLIER = -60;
  private static final int LATER = 30;

  private static final String[] SETTINGS = {
    "--linli.profile.tasmota.sensors[late-1/Switch1]=water",
    "--linli.profile.tasmota.sensors[late-2/Switch1]=water",
    "--linli.profile.tasmota.sensors[late-5/Switch1]=water",
    "--linli.profile.thingsboard.sensors[late-1/smoke]=smoke",
    "--linli.profile.thingsboard.sensors[late-2/smoke]=smoke",
    "--linli.profile.thingsboard.sensors[late-3/smoke]=smoke",
    "--linli.profile.thingsboard.sensors[late-5/smoke]=smoke",
    "--linli.profile.senml.sensors[late-1/leak]=water",
    "--linli.profile.senml.sensors[late-2/leak]=water",
    "--linli.profile.senml.sensors[late-3/leak]=water",
    "--linli.profile.senml.sensors[late-5/leak]=water",
    "--linli.profile.sparkplug.sensors[late/n1/late-1/smoke]=smoke",
    "--linli.profile.sparkplug.sensors[late/n1/late-2/smoke]=smoke",
    "--linli.profile.sparkplug.sensors[late/n1/late-3/smoke]=smoke",
    "--linli.profile.sparkplug.sensors[late/n1/late-5/smoke]=smoke"
  };

  private static Path data = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // set before all
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    data = Files.createTempDirectory("late");
    gateway = RunningGateway.start(data, SETTINGS);
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    FileSystemUtils.deleteRecursively(data);
  }

  private static Interpreted read(Sent sent, Origin origin) {
    return gateway.profiles().interpret(sent.message().with(origin, null));
  }

  private static List<String> types(Interpreted read) {
    List<String> types = new ArrayList<>();
    if (read instanceof Interpreted.Understood understood) {
      for (DeviceEvent event : understood.events()) {
        types.add(event.type().value());
      }
    }
    return types;
  }

  private static List<String> told(Sent sent) {
    return types(read(sent, Origin.NO_CONNECTION));
  }

  @ParameterizedTest
  @MethodSource("org.linli.edge.equipment.DatedStates#dialects")
  void anEndThatIsOlderThanTheAlarmEndsNothing(Dialect dialect) {
    assertThat(told(dialect.says().say("late-1", FIRST, true))).contains(dialect.raised());

    Interpreted old =
        read(dialect.says().say("late-1", FIRST.plusSeconds(EARLIER), false), Origin.NO_CONNECTION);
    assertThat(types(old)).as("it is kept").isNotEmpty().doesNotContain(dialect.ended());
    assertThat(old.basis().repeats())
        .as("and counted once")
        .filteredOn(repeat -> repeat.reason() == RepeatReason.OLDER)
        .hasSize(1);

    assertThat(told(dialect.says().say("late-1", FIRST.plusSeconds(LATER), false)))
        .contains(dialect.ended());
  }

  static Stream<Dialect> datedByTheDevice() {
    return dialects().stream().filter(dialect -> !dialect.isKept());
  }

  /** The end came at once, so it may be that the clock was set back since. */
  @ParameterizedTest
  @MethodSource("datedByTheDevice")
  void anAlarmThatIsSaidAfterItsEndIsToldAndHolds(Dialect dialect) {
    var _ = told(dialect.says().say("late-2", NOW, false));

    assertThat(told(dialect.says().say("late-2", NOW.plusSeconds(EARLIER), true)))
        .contains(dialect.raised())
        .doesNotContain(dialect.ended());
    assertThat(told(dialect.says().say("late-2", NOW.plusSeconds(LATER), false)))
        .contains(dialect.ended());
  }

  /** The device had kept both, and sent the newer first. */
  @ParameterizedTest
  @MethodSource("datedByTheDevice")
  void anAlarmWhoseEndWasKeptAndCameFirstIsToldWithItsEnd(Dialect dialect) {
    var _ = told(dialect.says().say("late-5", FIRST, false));

    Interpreted late =
        read(dialect.says().say("late-5", FIRST.plusSeconds(EARLIER), true), Origin.NO_CONNECTION);
    assertThat(types(late).stream().filter(type -> !type.equals("measurement")))
        .containsExactly(dialect.raised(), dialect.ended());
    assertThat(late)
        .isInstanceOfSatisfying(
            Interpreted.Understood.class,
            understood ->
                assertThat(understood.events())
                    .as("when it ended")
                    .anyMatch(
                        event ->
                            event.type().value().equals(dialect.ended())
                                && event.time().equals(FIRST)));

    assertThat(told(dialect.says().say("late-5", FIRST.plusSeconds(LATER), true)))
        .as("the next one holds")
        .contains(dialect.raised())
        .doesNotContain(dialect.ended());
    assertThat(told(dialect.says().say("late-5", FIRST.plusSeconds(2 * LATER), false)))
        .contains(dialect.ended());
  }

  @Test
  void anEndInOneZoneThatCameFirstEndsNoLateAlarmInAnother() {
    String said = "{\"type\":\"smoke.%s\",\"time\":\"%s\",\"values\":{\"zone\":%d}}";
    var _ = told(linliJson("late-zones", said.formatted("cleared", FIRST, 2)));

    assertThat(told(linliJson("late-zones", said.formatted("detected", before(), 1))))
        .containsExactly("smoke.detected");
    assertThat(told(linliJson("late-zones", said.formatted("detected", before(), 2))))
        .as("it is over in zone 2, and holds in zone 1")
        .containsExactly("smoke.detected", "measurement");
    assertThat(told(linliJson("late-zones", said.formatted("cleared", FIRST, 1))))
        .containsExactly("smoke.cleared");
  }

  private static Instant before() {
    return FIRST.plusSeconds(EARLIER);
  }

  static List<Sent> newestFirst() {
    Instant before = FIRST.plusSeconds(EARLIER);
    return List.of(
        thingsBoard("late-3", entry(FIRST, false), entry(before, true)),
        senml("late-3", "[%s,%s]".formatted(leak(FIRST, false), leak(before, true))),
        sparkplug("late-3", metric(FIRST, false), metric(before, true)),
        linliJson("late-3", "[%s,%s]".formatted(event(FIRST, false), event(before, true))),
        post(
            "onvif",
            "late-3",
            notifications(notification(FIRST, false), notification(before, true))));
  }

  @ParameterizedTest
  @MethodSource("newestFirst")
  void whatOneMessageSaysIsJudgedInTheOrderOfItsTimes(Sent sent) {
    assertThat(told(sent).stream().filter(type -> !type.equals("measurement")))
        .as("the alarm, and then its end")
        .hasSize(2)
        .last()
        .asString()
        .endsWith("ed")
        .isIn("smoke.cleared", "water.cleared", "video.restored");
  }

  /** Another clock that is as far behind all the time, or was never set, ends its alarms. */
  @ParameterizedTest
  @MethodSource("org.linli.edge.equipment.DatedStates#dialects")
  void aTimeThatIsNotCredibleDecidesNothing(Dialect dialect) {
    Instant year = Instant.parse("2019-01-01T00:00:00Z");
    assertThat(told(dialect.says().say("late-4", FIRST, true)).contains(dialect.raised()))
        .isEqualTo(!isByASetting(dialect));

    assertThat(told(dialect.says().say("late-4", year, false)).contains(dialect.ended()))
        .as("by a clock that was set back years ends, unless a coordinator had kept it")
        .isEqualTo(!isByASetting(dialect) && !dialect.isKept());
  }

  private static boolean isByASetting(Dialect dialect) {
    return Stream.of("thingsboard", "senml", "sparkplug", "tasmota")
        .anyMatch(dialect.name()::equals);
  }

  private static Sent door(String topic, Instant at, String state) {
    return post(
        "onvif",
        "late-door",
        notifications(
            notification(at, true)
                .replace("VideoSource/SignalLoss", "Door/State/" + topic)
                .replace("Value=\"true\"", "Value=\"" + state + "\"")));
  }

  @Test
  void aDoorThatWasShutBeforeItWasHeldOpenEndsNothing() {
    Instant before = FIRST.plusSeconds(EARLIER);
    assertThat(told(door("DoorPhysicalState", before.minusSeconds(9), "Open")))
        .containsExactly("door.opened");
    assertThat(told(door("DoorAlarm", FIRST, "DoorOpenTooLong"))).containsExactly("door.held-open");
    assertThat(told(door("DoorPhysicalState", before, "Closed"))).containsExactly("measurement");
    assertThat(told(door("DoorPhysicalState", FIRST.plusSeconds(LATER), "Closed")))
        .containsExactly("door.closed");
  }

  @Test
  void theEndInOneZoneEndsNoAlarmInAnother() {
    String said = "{\"type\":\"smoke.%s\",\"values\":{\"zone\":%s}}";
    assertThat(told(linliJson("zones", said.formatted("detected", "1")))).hasSize(1);
    assertThat(told(linliJson("zones", said.formatted("detected", "2")))).hasSize(1);
    assertThat(told(linliJson("zones", said.formatted("cleared", "3"))))
        .containsExactly("measurement");
    assertThat(told(linliJson("zones", said.formatted("cleared", "2"))))
        .containsExactly("measurement");
    assertThat(told(linliJson("zones", said.formatted("cleared", "\"01\""))))
        .containsExactly("smoke.cleared");

    assertThat(told(linliJson("zones", said.formatted("detected", "1")))).hasSize(1);
    assertThat(told(linliJson("zones", "{\"type\":\"smoke.cleared\"}")))
        .as("all of it")
        .containsExactly("smoke.cleared");
  }

  @Test
  void aRetainedCallForHelpIsToldOnce() {
    Sent help = linli(Format.LINLI_JSON, "care", "retained-1", "{\"type\":\"sos.pressed\"}");
    Sent panic = mqtt("zigbee2mqtt/retained-2/panic", "ON");
    Sent fire = mqtt("zigbee2mqtt/retained-3/fire_alarm", "ON");
    for (Sent each : List.of(help, panic, fire)) {
      assertThat(types(read(each, Origin.RETAINED)))
          .as("%s the first time", each)
          .containsAnyOf("sos.pressed", "smoke.detected");
      Interpreted again = read(each, Origin.RETAINED);
      assertThat(types(again)).as("%s again", each).containsOnly("measurement");
      assertThat(again.basis().repeats()).isNotEmpty();
    }
    assertThat(told(help)).as("not retained, so it is pressed again").contains("sos.pressed");
    assertThat(types(read(help, Origin.RETAINED))).containsOnly("measurement");
  }

  @Test
  void anAlarmOfACoordinatorWithAWrongClockCalls() {
    assertThat(
            told(
                mqtt(
                    "zigbee2mqtt/wrong-1",
                    "{\"smoke\":true,\"last_seen\":\"2023-05-01T00:00:00Z\"}")))
        .contains("smoke.detected");
    assertThat(
            told(
                mqtt(
                    "zigbee2mqtt/wrong-2",
                    "{\"smoke\":true,\"last_seen\":\"2026-11-18T00:00:00Z\"}")))
        .as("kept for some days")
        .containsExactly("measurement");
  }
}
