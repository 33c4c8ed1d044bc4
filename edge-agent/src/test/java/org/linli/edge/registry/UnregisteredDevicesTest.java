package org.linli.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.profile.UnregisteredDevice;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegistryContent;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Value;
import org.linli.event.Values;

class UnregisteredDevicesTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path folder;

  private Registry registry;

  @BeforeEach
  void start() {
    registry = new Registry(new AgentSettings(folder, new GatewayId("gateway-1")));
  }

  private void meet(String address, int second) {
    registry.met(
        new UnregisteredDevice(
            "zigbee2mqtt",
            address,
            KindFrom.PROFILE,
            new DeviceEvent(
                new DeviceId(address.replace('/', ':')),
                Kind.ENVIRONMENT,
                new EventType("water.leak"),
                null,
                NOON.plusSeconds(second),
                null,
                NOON.plusSeconds(second),
                new Values(
                    Map.of("battery", new Value.Whole(97), "room", new Value.Text("Wang"))))));
  }

  private List<String> addresses() {
    return registry.report().unregistered().stream().map(UnregisteredEquipment::address).toList();
  }

  @Test
  void isToldWithItsProfileASampleAndWhatItSeemsToBe() {
    meet("cellar/leak", 0);
    meet("cellar/leak", 5);

    UnregisteredEquipment told = registry.report().unregistered().getFirst();
    assertThat(told.device()).isEqualTo(new DeviceId("cellar:leak"));
    assertThat(told.profile()).isEqualTo("zigbee2mqtt");
    assertThat(told.kind()).isEqualTo(Kind.ENVIRONMENT);
    assertThat(told.type().value()).isEqualTo("water.leak");
    assertThat(told.count()).isEqualTo(2);
    assertThat(told.firstHeard()).isEqualTo(NOON);
    assertThat(told.lastHeard()).isEqualTo(NOON.plusSeconds(5));
    assertThat(told.sample().toString()).contains("97").doesNotContain("Wang");
  }

  @Test
  void inventedNamesDoNotPushOutWhatIsThere() {
    meet("cellar/leak", 0);
    meet("cellar/leak", 1);
    for (int i = 0; i < 10_000; i++) {
      meet("invented-" + i, 2);
    }

    assertThat(addresses())
        .hasSize(EquipmentReport.MAX_UNREGISTERED)
        .contains("cellar/leak", "invented-9999");
  }

  @Test
  void whoIsRegisteredIsNoStrangerAnyMore() {
    meet("cellar/leak", 0);
    meet("cellar/door", 0);
    long news = registry.news();
    registry.heard(
        RegistryTest.told(
            new GatewayId("gateway-1"),
            1,
            1,
            new RegistryContent(
                List.of(
                    new RegisteredDevice(
                        new DeviceId("leak-1"),
                        Kind.ENVIRONMENT,
                        "水浸",
                        "Leak",
                        new RegisteredDevice.Equipment("zigbee2mqtt", "cellar/leak", 1)),
                    new RegisteredDevice(
                        new DeviceId("cellar:door"), Kind.ACCESS, "门", "Door", null)),
                List.of())));

    assertThat(addresses()).isEmpty();
    assertThat(registry.news()).isGreaterThan(news);
  }

  @Test
  void aNameThatIsTooLongToBeToldIsPassedOver() {
    registry.met(
        new UnregisteredDevice(
            "p",
            "x".repeat(RegisteredDevice.Equipment.MAX_ADDRESS + 1),
            KindFrom.PROFILE,
            new DeviceEvent(
                new DeviceId("x"),
                Kind.POWER,
                EventType.MEASUREMENT,
                null,
                NOON,
                null,
                NOON,
                Values.NONE)));

    assertThat(addresses()).isEmpty();
  }

  @Test
  void nothingIsKeptThatIsNotTold() {
    WeakReference<Value> text = new WeakReference<>(meetWithALongText());

    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(text.get() == null).as("the text is forgotten").isTrue();
            });
    assertThat(registry.report().unregistered().getFirst().sample()).hasSize(8);
  }

  private Value meetWithALongText() {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < Values.MAX_COUNT; i++) {
      values.put("text-" + i, new Value.Text("x".repeat(Value.Text.MAX_LENGTH)));
    }
    registry.met(
        new UnregisteredDevice(
            "linli",
            "talker",
            KindFrom.ADDRESS,
            new DeviceEvent(
                new DeviceId("talker"),
                Kind.ENVIRONMENT,
                EventType.MEASUREMENT,
                null,
                NOON,
                null,
                NOON,
                new Values(values))));
    return Objects.requireNonNull(values.get("text-0"));
  }
}
