package org.linli.edge.profile.thingsboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

class ThingsBoardProfileTest {

  private final TestProfiles profiles =
      with(Map.of("Kitchen/smoke", "smoke", "client-1/leak", "water"));

  @Test
  void takesTheClientAsTheDevice() {
    DeviceEvent event =
        events(sent("v1/devices/me/telemetry", "{'a':'x','b':true,'c':{'d':[1.5]},'ts':7}"))
            .getFirst();

    assertThat(event.device().value()).isEqualTo("client-1");
    assertThat(event.type().value()).isEqualTo("measurement");
    assertThat(event.time()).isEqualTo(RECEIVED);
    assertThat(event.values().byName())
        .containsEntry("a", new Value.Text("x"))
        .containsEntry("b", new Value.Truth(true))
        .containsEntry("c.d.0", new Value.Real(1.5))
        .containsEntry("ts", new Value.Whole(7));
  }

  @Test
  void tellsTheAlarmsThatASettingNames() {
    String topic = "v1/gateway/telemetry";
    String others = "{'Hall':[{'values':{'smoke':true}}],'Kitchen':{'co':1}}";

    assertThat(types(sent(topic, "{'Kitchen':[{'values':{'smoke':true}}]}")))
        .containsExactly("measurement", "smoke.detected");
    assertThat(types(sent(topic, "{'Kitchen':[{'values':{'smoke':true}}]}")))
        .containsExactly("measurement");
    assertThat(types(sent(topic, others))).containsExactly("measurement", "measurement");
    assertThat(types(sent("v1/gateway/attributes", "{'Kitchen':{'smoke':'OFF'}}")))
        .containsExactly("device.attributes", "smoke.cleared");
    assertThat(types(sent("v1/devices/me/telemetry", "{'leak':'wet'}")))
        .containsExactly("measurement", "water.leak");
    assertThat(refusal(sent(topic, "{'Kitchen':{'smoke':'perhaps'}}")).detail())
        .contains("smoke: says neither on nor off, but the settings say that it is smoke");
  }

  private static List<String> types(Interpreted interpreted) {
    return events(interpreted).stream().map(each -> each.type().value()).toList();
  }

  @Test
  void judgesNoValueByWhatItMeantBefore() {
    String topic = "v1/devices/me/telemetry";
    TestProfiles door = with(Map.of("client-1/one", "door", "client-1/two", "water"));
    assertThat(types(door.published(topic, "{\"one\":true,\"two\":true}")))
        .containsExactly("measurement", "door.opened", "water.leak");

    TestProfiles restarted =
        door.restartedAs(profile(Map.of("client-1/one", "water", "client-1/two", "motion")));
    assertThat(types(restarted.published(topic, "{\"one\":true,\"two\":true}")))
        .containsExactly("measurement", "water.leak", "occupancy.detected");
    assertThat(types(restarted.published(topic, "{\"one\":false}")))
        .as("the other one means no water any more")
        .containsExactly("measurement", "water.cleared");
  }

  private static TestProfiles with(Map<String, String> sensors) {
    return TestProfiles.of(profile(sensors));
  }

  private static ThingsBoardProfile profile(Map<String, String> sensors) {
    return new ThingsBoardProfile(new ThingsBoardSettings(sensors));
  }

  /** One name twice, of which the later is not the alarm. */
  @Test
  void believesAnAlarmThatIsContradicted() {
    Interpreted both = sent("v1/gateway/telemetry", "{'Kitchen':{'smoke':true,'smoke':false}}");
    List<DeviceEvent> told = events(both);

    assertThat(both.basis().unread()).as("it was read").isNull();
    assertThat(told).hasSize(2);
    assertThat(told.getLast().type().value()).isEqualTo("smoke.detected");
    assertThat(told.getLast().values().toString()).contains("smoke: is there twice");
  }

  @Test
  void takesEveryFormOfTelemetry() {
    assertThat(
            events(
                sent(
                    "v1/devices/me/telemetry",
                    "[{'a':1},{'ts':1795410840512,'values':{'a':2}},{'ts':1451649600512,'values':{'a':3}}]")))
        .extracting(event -> event.values().byName().get("a"), DeviceEvent::time)
        .containsExactly(
            tuple(new Value.Whole(1), RECEIVED),
            tuple(new Value.Whole(2), Instant.ofEpochMilli(1_795_410_840_512L)),
            tuple(new Value.Whole(3), RECEIVED));
  }

  @Test
  void takesTheDevicesOfAGateway() {
    assertThat(
            events(
                sent(
                    "v1/gateway/telemetry",
                    "{'Device"
                        + " A':[{'ts':1795410840512,'values':{'t':42}},{'t':43}],'b/1':{'open':true}}")))
        .extracting(event -> event.device().value(), event -> event.type().value())
        .containsExactly(
            tuple("Device@20A", "measurement"),
            tuple("Device@20A", "measurement"),
            tuple("b:1", "measurement"));
    assertThat(events(sent("v1/gateway/attributes", "{'A':{'fw':'1'},'B':{'fw':'2'}}")))
        .extracting(event -> event.device().value(), event -> event.type().value())
        .containsExactly(tuple("A", "device.attributes"), tuple("B", "device.attributes"));
    assertThat(events(sent("v1/gateway/connect", "{'device':'A','type':'default'}")))
        .extracting(event -> event.device().value(), event -> event.type().value())
        .containsExactly(tuple("A", "device.online"));
    assertThat(events(sent("v1/gateway/disconnect", "{'device':'A'}")))
        .extracting(event -> event.device().value(), event -> event.type().value())
        .containsExactly(tuple("A", "device.offline"));
  }

  @Test
  void readsWhatIsPostedForADevice() {
    assertThat(events(profiles.posted("thingsboard", "box-8", "", bytes("{'a':1}"))))
        .extracting(event -> event.device().value())
        .containsExactly("box-8");
  }

  @Test
  void readsWhatIsInGbkBesideAnEvent() {
    Interpreted read =
        profiles.published(
            "v1/gateway/connect", bytes("{'device':'A','type':'烟感'}", Charset.forName("GBK")));

    assertThat(events(read).getFirst().values().toString()).contains("烟感", "is not UTF-8");
  }

  @Test
  void doesNotGuessWhoPublishedOverABroker() {
    assertThat(
            refusal(
                profiles.sent(Address.published("v1/devices/me/telemetry", ""), bytes("{'a':1}"))))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusalReason.BAD_DEVICE_ID);
              assertThat(refusal.detail()).contains("connect the device to the gateway itself");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1/devices/me/attributes/request/1",
        "v1/devices/me/rpc/request/2",
        "v1/gateway/rpc",
        "v1/gateway/attributes/request",
        "v1/devices/me/claim"
      })
  void passesOverWhatIsAskedOfAServer(String topic) {
    assertThat(sent(topic, "{}")).isInstanceOf(Interpreted.PassedOver.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "v1/devices/me/telemetry|7|telemetry is an object of values",
        "v1/devices/me/telemetry|[8,7]|entry 1: telemetry is an object",
        "v1/devices/me/telemetry|[[{'a':1}]]|entry 1: telemetry is an object",
        "v1/devices/me/telemetry|{'ts':1,'values':7}|values: is not an object",
        "v1/devices/me/telemetry|{}|finds nothing in it",
        "v1/devices/me/attributes|[]|attributes are an object",
        "v1/gateway/telemetry|[]|the message is no JSON object",
        "v1/gateway/telemetry|{'A':7}|A: telemetry is an object",
        "v1/gateway/telemetry|{'':{'a':1}}|a device has an empty name",
        "v1/gateway/connect|{}|device: is missing",
        "v1/gateway/connect|{'device':7}|device: is not a string",
        "v1/gateway|{}|telemetry, attributes, connect and disconnect are read",
        "v1/devices/me|{}|telemetry, attributes, connect and disconnect are read",
      })
  void refusesWithTheField(String topic, String payload, String detail) {
    assertThat(refusal(sent(topic, payload)).detail()).contains(detail);
  }

  /** An entry that cannot be read costs no other one its events, and is kept by itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "v1/gateway/telemetry|{'A':7,'Kitchen':{'smoke':true}}|A: telemetry is an object|{'A':7}",
        "v1/gateway/telemetry|{'Kitchen':[{'smoke':true},'gas']}|Kitchen: entry 2: telemetry"
            + " is|'gas'",
        "v1/gateway/telemetry|{'':{'a':1},'Kitchen':{'smoke':true}}|has an empty name|{'':{'a':1}}",
        "v1/gateway/attributes|{'Kitchen':{'smoke':true},'A':7}|A: attributes are an"
            + " object|{'A':7}",
        "v1/devices/me/telemetry|[{'leak':true},7]|entry 2: telemetry is an object|7",
        "v1/devices/me/telemetry|[{'ts':1,'values':7},{'leak':true}]|entry 1: values: is"
            + " not|{'ts':1,'values':7}",
      })
  void takesTheOtherEntries(String topic, String payload, String detail, String kept) {
    Interpreted read = sent(topic, payload);

    assertThat(types(read)).containsAnyOf("smoke.detected", "water.leak");
    assertThat(events(read))
        .allSatisfy(event -> assertThat(event.values().find("defect").toString()).contains(detail));
    Interpreted.Refused letter = Objects.requireNonNull(read.basis().unread());
    assertThat(letter.refusal().detail()).contains(detail);
    assertThat(letter.message().payload()).isEqualTo(bytes(kept));
    assertThat(letter.lifeWord() != null).isEqualTo(kept.contains("gas"));
  }

  private Interpreted sent(String topic, String payload) {
    return profiles.published(topic, bytes(payload));
  }

  private static byte[] bytes(String payload) {
    return bytes(payload, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String payload, Charset charset) {
    return payload.replace('\'', '"').getBytes(charset);
  }
}
