package org.linli.hub.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.codec.EquipmentReportCodec;
import org.linli.hub.adoption.RegistryOutcome;
import org.linli.hub.adoption.Wanted;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.linli.hub.intake.Batches;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;

/** What is said beside the batches may fail, and the batches go on. */
class GreetingBesideTest {

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

  private static void failWhere(boolean ill) {
    if (ill) {
      throw new StackOverflowError("as the test wants it");
    }
  }

  @Test
  void aGatewayThatCannotBeToldItsRegistryIsGreetedAllTheSame() {
    GatewayId gateway = new GatewayId("gateway-1");
    List<Receipt> receipts = new ArrayList<>();

    hub.entrance().online(gateway, "a", receipts::add, registry -> failWhere(true));

    assertThat(receipts).extracting(Receipt::lane).containsExactly(Lane.URGENT, Lane.BULK);
    assertThat(hub.comingsAndGoings()).containsExactly("gateway-1 came");
  }

  /** In whichever order they are told. */
  @ParameterizedTest
  @ValueSource(strings = {"gateway-1", "gateway-2"})
  void oneThatCannotBeToldOfAChangeKeepsNoOtherFromIt(String failing) {
    GatewayId bad = new GatewayId(failing);
    GatewayId good = new GatewayId(failing.equals("gateway-1") ? "gateway-2" : "gateway-1");
    AtomicBoolean ill = new AtomicBoolean();
    List<byte[]> told = new ArrayList<>();
    hub.entrance().online(bad, null, receipt -> {}, registry -> failWhere(ill.get()));
    hub.entrance().online(good, null, receipt -> {}, told::add);
    report(bad, registry -> {});
    report(good, told::add);
    told.clear();
    ill.set(true);

    RegistryOutcome outcome =
        hub.adoption()
            .adopt(
                new DeviceKey(TestCommunities.SAMPLE, new DeviceId("cellar:leak")),
                new Wanted(null, "b1", "水", "Leak", null, null),
                Author.of(new Actor.Account("account~1")),
                null);

    assertThat(outcome).isInstanceOf(RegistryOutcome.Done.class);
    assertThat(told).hasSize(1);
  }

  private void report(GatewayId gateway, Consumer<byte[]> down) {
    UnregisteredEquipment leak =
        new UnregisteredEquipment(
            new DeviceId("cellar:leak"),
            "zigbee2mqtt",
            "cellar/leak",
            Kind.ENVIRONMENT,
            UnregisteredEquipment.KindFrom.PROFILE,
            new EventType("water.leak"),
            List.of(),
            NOON,
            NOON,
            1);
    hub.entrance()
        .reported(
            gateway,
            EquipmentReportCodec.encode(new EquipmentReport(gateway, null, null, List.of(leak))),
            down);
  }

  @Test
  void aListenerThatFailsAtWhatABatchSaysBesideHoldsNoBatch() throws Exception {
    Batches bulk = Batches.of("gateway-1");
    hub.onBacklog(
        () -> {
          throw new IllegalStateException("as the test wants it");
        });
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.say("online");
      gateway.sendWaiting(bulk.rows(1, 1), "7", "1795410960130");
      gateway.awaitReceipt(new Receipt.Applied(bulk.epoch(), bulk.lane(), 1, bulk.digest(1)));
    }
  }
}
