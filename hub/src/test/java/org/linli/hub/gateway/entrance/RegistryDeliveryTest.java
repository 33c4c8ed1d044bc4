package org.linli.hub.gateway.entrance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.Kind;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegistryVersion;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.hub.adoption.RegistryOutcome;
import org.linli.hub.adoption.Wanted;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;

/** The registry on its way to gateways, over real connections. */
class RegistryDeliveryTest {

  private static final GatewayId ME = new GatewayId("gateway-1");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path folder;

  private TestHub hub;

  @BeforeEach
  void open() {
    hub = new TestHub(folder);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private static EquipmentReport report(
      @Nullable RegistryVersion holds, UnregisteredEquipment... heard) {
    return new EquipmentReport(ME, holds, null, List.of(heard));
  }

  private static UnregisteredEquipment leak() {
    return new UnregisteredEquipment(
        new DeviceId("cellar:leak"),
        "zigbee2mqtt",
        "cellar/leak",
        Kind.ENVIRONMENT,
        KindFrom.PROFILE,
        new EventType("water.leak"),
        List.of(),
        NOON,
        NOON,
        1);
  }

  private RegistryOutcome adoptLeak() {
    return hub.adoption()
        .adopt(
            new DeviceKey(TestCommunities.SAMPLE, new DeviceId("cellar:leak")),
            new Wanted(null, "b1", "水", "Leak", null, null),
            Author.of(new Actor.Account("account~1")),
            null);
  }

  @Test
  void aGatewayIsToldTheVersionThenTheContentThatItLacksAndEachChangeAtOnce() throws Exception {
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.say("online");
      GatewayRegistry greeting = gateway.registry();
      assertThat(greeting.given()).isEmpty();
      gateway.report(report(null, leak())).waitForCompletion(10_000);
      GatewayRegistry empty = gateway.registry();
      assertThat(empty.given().orElseThrow().devices()).isEmpty();
      gateway.report(report(empty.version(), leak())).waitForCompletion(10_000);

      assertThat(adoptLeak()).isInstanceOf(RegistryOutcome.Done.class);

      GatewayRegistry adopted = gateway.registry();
      assertThat(adopted.version().isAfter(empty.version())).isTrue();
      assertThat(adopted.given().orElseThrow().devices())
          .extracting(RegisteredDevice::id)
          .containsExactly(new DeviceId("cellar:leak"));
      assertThat(hub.registryAt("gateway-1").behind()).isTrue();
      gateway.report(report(adopted.version())).waitForCompletion(10_000);
      await().until(() -> Boolean.FALSE.equals(hub.registryAt("gateway-1").behind()));
    }
  }

  @Test
  void whatIsNoReportOrNamesAnotherGatewayIsPassedOverAndTheConnectionStands() throws Exception {
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.say("online");
      gateway.registry();
      gateway.publish(gateway.topics().equipment(), new byte[] {1, 2, 3}).waitForCompletion(10_000);
      gateway
          .report(new EquipmentReport(new GatewayId("gateway-2"), null, null, List.of(leak())))
          .waitForCompletion(10_000);
      assertThat(adoptLeak()).isInstanceOf(RegistryOutcome.NotFound.class);

      gateway.report(report(null, leak())).waitForCompletion(10_000);

      assertThat(gateway.registry().given()).isPresent();
    }
  }

  @Test
  void aHubWhoseRecordsWereRestoredIsFollowedInANewEpoch() throws Exception {
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.say("online");
      RegistryVersion own = gateway.registry().version();
      gateway.report(report(new RegistryVersion(own.epoch(), own.number() + 5, Digest.NONE)));

      GatewayRegistry told = gateway.registry();
      while (told.given().isEmpty()) {
        told = gateway.registry();
      }
      assertThat(told.version().epoch()).isEqualTo(own.epoch() + 1);
    }
  }
}
