package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.equipment.RaisedAlarm.linli;
import static org.linli.edge.equipment.RaisedAlarm.mqtt;
import static org.linli.edge.equipment.RaisedAlarm.post;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;

/** In every profile, what is taken without something that could not be read is counted. */
class DefectsAreCountedTest {

  private static final Map<String, Sent> DEFECTIVE =
      Map.ofEntries(
          Map.entry(
              "chirpstack", mqtt("application/x/device/d1/event/join", "{\"time\":\"never\"}")),
          Map.entry(
              "frigate",
              mqtt(
                  "frigate/reviews",
                  "{\"type\":\"new\",\"after\":{\"id\":\"r1\",\"camera\":\"d2\",\"severity\":\"alert\","
                      + "\"start_time\":\"never\",\"data\":{\"objects\":[\"person\"],\"zones\":[]}}}")),
          Map.entry(
              "hikvision",
              post(
                  "hikvision",
                  "d3",
                  "{\"dateTime\":\"never\",\"eventType\":\"AccessControllerEvent\","
                      + "\"AccessControllerEvent\":{\"subEventType\":27}}")),
          Map.entry(
              "linli",
              linli(
                  Format.LINLI_JSON,
                  "access",
                  "d4",
                  "{\"type\":\"door.forced\",\"time\":\"never\"}")),
          Map.entry(
              "onvif",
              post(
                  "onvif",
                  "d5",
                  "<Notify><NotificationMessage><Topic>tns1:VideoSource/SignalLoss</Topic><Message>"
                      + "<Message UtcTime=\"never\" PropertyOperation=\"Changed\"><Data>"
                      + "<SimpleItem Name=\"State\" Value=\"true\"/></Data></Message></Message>"
                      + "</NotificationMessage></Notify>")),
          Map.entry(
              "platecamera",
              mqtt(
                  "device/d6/message/up/ivs_result",
                  "{\"AlarmInfoPlate\":{\"result\":{\"PlateResult\":{\"license\":\"A12345\","
                      + "\"confidence\":\"much\"}}}}")),
          Map.entry(
              "platerecognizer",
              post(
                  "platerecognizer",
                  "d7",
                  "{\"data\":{\"timestamp\":\"never\",\"results\":[{\"plate\":\"a12345\"}]}}")),
          Map.entry(
              "senml",
              linli(
                  Format.SENML_JSON,
                  "environment",
                  "d8",
                  "[{\"n\":\"celsius\",\"v\":21,\"t\":1e20}]")),
          Map.entry(
              "sparkplug",
              mqtt("spBv1.0/d/DBIRTH/d9/s1", HexFormat.of().parseHex("08ffffffffffffffff7f"))),
          Map.entry("tasmota", mqtt("tele/d10/SENSOR", "{\"Time\":\"never\",\"Switch1\":\"ON\"}")),
          Map.entry(
              "thingsboard",
              mqtt("v1/gateway/telemetry", "{\"d11\":[{\"ts\":\"never\",\"values\":{\"k\":1}}]}")),
          Map.entry(
              "zigbee2mqtt", mqtt("zigbee2mqtt/d12", "{\"smoke\":true,\"last_seen\":\"never\"}")),
          Map.entry("zkteco", post("zkteco", "d13", "time=never\teventaddr=1\tevent=102")),
          Map.entry(
              "smoke-panel",
              new Sent(
                  new Address.ToProfile("smoke-panel", "d14", ""),
                  "ALARM zone 3 东门".getBytes(Charset.forName("GBK")))));

  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, RaisedAlarms.SETTINGS);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  static Set<String> profiles() {
    return new TreeSet<>(DEFECTIVE.keySet());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void countsWhatIsTakenWithADefect(String profile) {
    double before = gateway.defects(profile);
    Sent sent = Objects.requireNonNull(DEFECTIVE.get(profile));

    Interpreted read =
        gateway
            .profiles()
            .interpret(
                new Message(
                    "test://x",
                    sent.address(),
                    sent.payload(),
                    TestProfiles.RECEIVED,
                    TestProfiles.NOBODY));

    assertThat(TestProfiles.events(read))
        .anyMatch(event -> event.values().find("defect").isPresent());
    assertThat(gateway.defects(profile)).isEqualTo(before + 1);
  }

  @Test
  void everyProfileIsHere() {
    assertThat(DEFECTIVE.keySet()).containsAll(gateway.profileNames());
  }
}
