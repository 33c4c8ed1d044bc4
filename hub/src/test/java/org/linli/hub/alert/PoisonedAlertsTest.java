package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;
import org.linli.hub.SteppingClock;
import org.linli.hub.gateway.GatewayTroublesRead;
import org.linli.hub.gateway.IdentityShared;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.TestCommunities;
import org.linli.program.thread.LivingThreads;

/** An alert about the system that the records always refuse holds back no other. */
class PoisonedAlertsTest {

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock(AlertRig.START);
  private AlertRig hub;

  @BeforeEach
  void start() {
    hub =
        new AlertRig(
            folder,
            clock,
            TestCommunities.sample(),
            alert ->
                new OnCall.Assignment.Assigned(new Actor.Person(TestCommunities.SAMPLE, "zhou")));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void refuseAlerts(String where) {
    hub.records.refuse("INSERT", "alert", where);
  }

  private void takeAlertsAgain() {
    hub.records.takeAgain();
  }

  private void shared(String gateway) {
    hub.shared.shared(new IdentityShared(new GatewayId(gateway), "a", "b", clock.instant()));
  }

  private void look() {
    hub.shared.look();
    clock.advance(Duration.ofSeconds(1));
  }

  @Test
  void anIdentityWhoseAlertIsAlwaysRefusedHoldsBackNoOther() {
    refuseAlerts("NEW.gateway = 'gateway-1'");
    shared("gateway-1");
    shared("gateway-2");
    shared("gateway-3");

    look();

    assertThat(hub.all())
        .extracting(alert -> alert.cause().source().id())
        .containsExactlyInAnyOrder("gateway-2", "gateway-3");
    shared("gateway-1");
    takeAlertsAgain();
    look();
    assertThat(hub.all())
        .filteredOn(alert -> alert.cause().source().id().equals("gateway-1"))
        .as("tried again, and nothing of what was noticed is lost")
        .extracting(Alert::count)
        .containsExactly(2L);
    look();
    assertThat(hub.all()).as("each once").hasSize(3);
    assertThat(hub.all())
        .filteredOn(alert -> !alert.cause().source().id().equals("gateway-1"))
        .extracting(Alert::count)
        .containsExactly(1L, 1L);
  }

  @Test
  void moreThanAHundredThatAreRefusedHoldBackNoOther() {
    refuseAlerts("NEW.gateway LIKE 'bad-%'");
    IntStream.range(0, 300).forEach(i -> shared("bad-" + i));
    IntStream.range(0, 5).forEach(_ -> look());

    shared("gateway-1");
    look();

    assertThat(hub.all())
        .extracting(alert -> alert.cause().source().id())
        .containsExactly("gateway-1");
  }

  private void told(String gateway, Set<GatewayTrouble> before, Set<GatewayTrouble> now) {
    hub.troubles.told(
        new GatewayTroublesRead(
            new GatewayId(gateway), since(before), since(now), clock.instant()));
  }

  private Map<GatewayTrouble, Instant> since(Set<GatewayTrouble> troubles) {
    return troubles.stream().collect(Collectors.toMap(one -> one, _ -> AlertRig.START));
  }

  private void lookAtTroubles() {
    hub.troubles.look();
    clock.advance(Duration.ofSeconds(1));
  }

  @Test
  void aTroubleWhoseAlertIsRefusedHoldsBackNoOtherAndIsToldThoughTheGatewaySaysNothingMore() {
    Set<GatewayTrouble> both = Set.of(GatewayTrouble.TAKES_NOTHING, GatewayTrouble.DISK_FULL);
    refuseAlerts("NEW.type = 'gateway.takes-nothing'");
    told("gateway-1", Set.of(), both);
    told("gateway-2", Set.of(), both);
    lookAtTroubles();
    assertThat(hub.all())
        .extracting(alert -> alert.cause().type().value(), Alert::status)
        .containsExactly(
            tuple("gateway.disk-full", AlertStatus.OPEN),
            tuple("gateway.disk-full", AlertStatus.OPEN));

    told("gateway-2", both, Set.of());
    takeAlertsAgain();
    lookAtTroubles();
    assertThat(hub.all())
        .extracting(
            alert -> alert.cause().source().id(),
            alert -> alert.cause().type().value(),
            Alert::status)
        .containsExactlyInAnyOrder(
            tuple("gateway-1", "gateway.takes-nothing", AlertStatus.OPEN),
            tuple("gateway-1", "gateway.disk-full", AlertStatus.OPEN),
            tuple("gateway-2", "gateway.disk-full", AlertStatus.RESOLVED));
  }

  @Test
  void aTroubleThatCannotBeClosedIsClosedThoughTheGatewaySaysNothingMore() {
    Set<GatewayTrouble> full = Set.of(GatewayTrouble.DISK_FULL);
    told("gateway-1", Set.of(), full);
    lookAtTroubles();
    hub.records.refuse("UPDATE", "alert", "NEW.id <> ''");
    told("gateway-1", full, Set.of());
    lookAtTroubles();
    assertThat(hub.all()).extracting(Alert::status).containsExactly(AlertStatus.OPEN);

    hub.records.takeAgain();
    lookAtTroubles();
    assertThat(hub.all()).extracting(Alert::status).containsExactly(AlertStatus.RESOLVED);
  }

  @Test
  void aThreadWhoseAlertIsAlwaysRefusedHoldsBackNoOther() {
    LivingThreads threads = new LivingThreads(clock);
    ThreadAlerts alerts = new ThreadAlerts(hub.gateways, threads, clock);
    refuseAlerts("NEW.event LIKE '~hub~journal~%'");
    threads.guard("journal").failed(new NoClassDefFoundError("org/linli/Gone"));
    threads.guard("refeed").failed(new StackOverflowError());
    threads.guard("gateway-gateway-1", "gateway-1").failed(new AssertionError("odd"));

    alerts.look();

    assertThat(hub.all())
        .extracting(alert -> alert.cause().source().id(), Alert::count)
        .containsExactlyInAnyOrder(tuple("hub", 1L), tuple("gateway-1", 1L));
    takeAlertsAgain();
    clock.advance(Duration.ofSeconds(1));
    alerts.look();
    assertThat(hub.all()).hasSize(3);
    assertThat(threads.untold()).isEmpty();
  }
}
