package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.equipment.RaisedAlarm.linli;
import static org.linli.edge.equipment.RaisedAlarm.mqtt;
import static org.linli.edge.equipment.RaisedAlarm.post;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Origin;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.RepeatReason;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.springframework.util.FileSystemUtils;

/**
 * In every format that dates its states: an end that is older than the alarm by the device's own
 * clock ends nothing, and an alarm that is said after its end is told (decision 0063).
 */
class LateEndsTest {

  /** What came first. */
  private static final Instant FIRST = Instant.parse("2026-11-23T05:14:00Z");

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

  private static final int EARLIER = -60;
  private static final int LATER = 30;

  private static final String[] SETTINGS = {
    "--linli.profile.tasmota.sensors[late-1/Switch1]=water",
    "--linli.profile.tasmota.sensors[late-2/Switch1]=water",
    "--linli.profile.thingsboard.sensors[late-1/smoke]=smoke",
    "--linli.profile.thingsboard.sensors[late-2/smoke]=smoke",
    "--linli.profile.thingsboard.sensors[late-3/smoke]=smoke",
    "--linli.profile.senml.sensors[late-1/leak]=water",
    "--linli.profile.senml.sensors[late-2/leak]=water",
    "--linli.profile.senml.sensors[late-3/leak]=water",
    "--linli.profile.sparkplug.sensors[late/n1/late-1/smoke]=smoke",
    "--linli.profile.sparkplug.sensors[late/n1/late-2/smoke]=smoke",
    "--linli.profile.sparkplug.sensors[late/n1/late-3/smoke]=smoke"
  };

  private static Path data = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // set before all
  private static RunningGateway gateway;

  /** How a format says a state of a device. */
  private interface Says {
    Sent say(String device, Instant at, boolean holds);
  }

  /** A format, and how it says that an alarm holds or does not. */
  record Dialect(String name, String raised, String ended, boolean isKept, Says says) {
    @Override
    public String toString() {
      return name + " " + raised;
    }
  }

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

  private static String local(Instant at) {
    return LOCAL.format(at);
  }

  static List<Dialect> dialects() {
    return List.of(
        new Dialect(
            "thingsboard",
            "smoke.detected",
            "smoke.cleared",
            false,
            (device, at, on) -> thingsBoard(device, entry(at, on))),
        new Dialect(
            "senml",
            "water.leak",
            "water.cleared",
            false,
            (device, at, on) -> senml(device, "[" + leak(at, on) + "]")),
        new Dialect(
            "sparkplug",
            "smoke.detected",
            "smoke.cleared",
            false,
            (device, at, on) -> sparkplug(device, metric(at, on))),
        new Dialect(
            "chirpstack",
            "water.leak",
            "water.cleared",
            false,
            (device, at, on) ->
                mqtt(
                    "application/x/device/" + device + "/event/up",
                    "{\"time\":\"%s\",\"object\":{\"leakage_status\":\"%s\"}}"
                        .formatted(at, on ? "leak" : "normal"))),
        new Dialect(
            "tasmota",
            "water.leak",
            "water.cleared",
            false,
            (device, at, on) ->
                mqtt(
                    "tele/" + device + "/SENSOR",
                    "{\"Time\":\"%s\",\"Switch1\":\"%s\"}"
                        .formatted(local(at), on ? "ON" : "OFF"))),
        new Dialect(
            "tasmota's zigbee",
            "smoke.detected",
            "smoke.cleared",
            false,
            (device, at, on) ->
                mqtt(
                    "tele/bridge-" + device + "/SENSOR",
                    "{\"Time\":\"%s\",\"ZbReceived\":{\"0x1\":{\"Fire\":%d}}}"
                        .formatted(local(at), on ? 1 : 0))),
        new Dialect(
            "zigbee2mqtt",
            "smoke.detected",
            "smoke.cleared",
            true,
            (device, at, on) ->
                mqtt(
                    "zigbee2mqtt/" + device,
                    "{\"smoke\":%s,\"last_seen\":\"%s\"}".formatted(on, at))),
        new Dialect(
            "onvif",
            "video.lost",
            "video.restored",
            false,
            (device, at, on) -> post("onvif", device, notify(notification(at, on)))),
        new Dialect(
            "hikvision",
            "video.lost",
            "video.restored",
            false,
            (device, at, on) ->
                post(
                    "hikvision",
                    device,
                    """
                    <EventNotificationAlert><dateTime>%s</dateTime><eventType>videoloss</eventType>\
                    <eventState>%s</eventState><activePostCount>1</activePostCount>\
                    </EventNotificationAlert>\
                    """
                        .formatted(local(at), on ? "active" : "inactive"))),
        door("hikvision", "door.forced", "door.secured", 27, 26),
        door("hikvision", "door.held-open", "door.closed", 28, 26),
        zkteco("door.forced", "door.secured", 102),
        zkteco("door.held-open", "door.closed", 28),
        new Dialect(
            "linli",
            "smoke.detected",
            "smoke.cleared",
            false,
            (device, at, on) -> linliJson(device, event(at, on))));
  }

  private static Dialect door(String profile, String raised, String ended, int begin, int end) {
    return new Dialect(
        profile,
        raised,
        ended,
        false,
        (device, at, on) ->
            post(
                profile,
                raised.replace('.', '-') + "-" + device,
                """
                {"dateTime":"%s","eventType":"AccessControllerEvent","AccessControllerEvent":\
                {"majorEventType":5,"subEventType":%d,"doorNo":1}}\
                """
                    .formatted(local(at), on ? begin : end)));
  }

  private static Dialect zkteco(String raised, String ended, int begin) {
    return new Dialect(
        "zkteco",
        raised,
        ended,
        false,
        (device, at, on) ->
            post(
                "zkteco",
                raised.replace('.', '-') + "-" + device,
                "time=%s\teventaddr=1\tevent=%d"
                    .formatted(local(at).replace('T', ' '), on ? begin : 201)));
  }

  private static String entry(Instant at, boolean on) {
    return "{\"ts\":%d,\"values\":{\"smoke\":%s}}".formatted(at.toEpochMilli(), on);
  }

  private static Sent thingsBoard(String device, String... entries) {
    return mqtt(
        "v1/gateway/telemetry", "{\"%s\":[%s]}".formatted(device, String.join(",", entries)));
  }

  private static String leak(Instant at, boolean on) {
    return "{\"n\":\"leak\",\"vb\":%s,\"t\":%d}".formatted(on, at.getEpochSecond());
  }

  private static Sent senml(String device, String pack) {
    return linli(Format.SENML_JSON, "environment", device, pack);
  }

  private static String event(Instant at, boolean on) {
    return "{\"type\":\"smoke.%s\",\"time\":\"%s\"}".formatted(on ? "detected" : "cleared", at);
  }

  private static Sent linliJson(String device, String events) {
    return linli(Format.LINLI_JSON, "environment", device, events);
  }

  private static String notification(Instant at, boolean on) {
    return """
    <NotificationMessage><Topic>tns1:VideoSource/SignalLoss</Topic><Message>\
    <Message UtcTime="%s" PropertyOperation="Changed">\
    <Source><SimpleItem Name="Source" Value="A"/></Source>\
    <Data><SimpleItem Name="State" Value="%s"/></Data></Message></Message></NotificationMessage>\
    """
        .formatted(at, on);
  }

  private static String notify(String... notifications) {
    return "<Notify>" + String.join("", notifications) + "</Notify>";
  }

  private static String varint(long number) {
    StringBuilder hex = new StringBuilder();
    long left = number;
    while (left > 0x7f) {
      hex.append("%02x".formatted(left & 0x7f | 0x80));
      left >>= 7;
    }
    return hex.append("%02x".formatted(left)).toString();
  }

  /** A historical metric, in the protocol's own encoding. */
  private static String metric(Instant at, boolean on) {
    String inner =
        "0a05"
            + "736d6f6b65"
            + "18"
            + varint(at.toEpochMilli())
            + "200b"
            + "2801"
            + "70"
            + (on ? "01" : "00");
    return "12%02x%s".formatted(inner.length() / 2, inner);
  }

  private static Sent sparkplug(String device, String... metrics) {
    return mqtt(
        "spBv1.0/late/DDATA/n1/" + device, HexFormat.of().parseHex(String.join("", metrics)));
  }

  private static Interpreted read(Sent sent, Origin origin) {
    return gateway
        .profiles()
        .interpret(
            new Message(
                    "test://x",
                    sent.address(),
                    sent.payload(),
                    TestProfiles.RECEIVED,
                    TestProfiles.NOBODY)
                .with(origin, null));
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
  @MethodSource("dialects")
  void anEndThatIsOlderThanTheAlarmEndsNothing(Dialect dialect) {
    assertThat(told(dialect.says().say("late-1", FIRST, true))).contains(dialect.raised());

    Interpreted old =
        read(dialect.says().say("late-1", FIRST.plusSeconds(EARLIER), false), Origin.NO_CONNECTION);
    assertThat(types(old)).as("it is kept").isNotEmpty().doesNotContain(dialect.ended());
    assertThat(old.basis().repeats())
        .as("and counted")
        .anyMatch(repeat -> repeat.reason() == RepeatReason.OLDER);

    assertThat(told(dialect.says().say("late-1", FIRST.plusSeconds(LATER), false)))
        .contains(dialect.ended());
  }

  static Stream<Dialect> datedByTheDevice() {
    return dialects().stream().filter(dialect -> !dialect.isKept());
  }

  @ParameterizedTest
  @MethodSource("datedByTheDevice")
  void anAlarmThatIsSaidAfterItsEndIsTold(Dialect dialect) {
    var _ = told(dialect.says().say("late-2", FIRST, false));

    assertThat(told(dialect.says().say("late-2", FIRST.plusSeconds(EARLIER), true)))
        .contains(dialect.raised());
    assertThat(told(dialect.says().say("late-2", FIRST.plusSeconds(LATER), false)))
        .contains(dialect.ended());
  }

  static List<Sent> newestFirst() {
    Instant before = FIRST.plusSeconds(EARLIER);
    return List.of(
        thingsBoard("late-3", entry(FIRST, false), entry(before, true)),
        senml("late-3", "[%s,%s]".formatted(leak(FIRST, false), leak(before, true))),
        sparkplug("late-3", metric(FIRST, false), metric(before, true)),
        linliJson("late-3", "[%s,%s]".formatted(event(FIRST, false), event(before, true))),
        post("onvif", "late-3", notify(notification(FIRST, false), notification(before, true))));
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
  @MethodSource("dialects")
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
        notify(
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
