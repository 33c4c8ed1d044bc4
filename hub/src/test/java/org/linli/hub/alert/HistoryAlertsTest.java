package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.hub.SteppingClock;
import org.linli.hub.journal.HistoryMoves;
import org.linli.hub.journal.HistoryShortened;
import org.linli.hub.journal.HistoryStands;
import org.linli.hub.journal.Standstill;
import org.linli.hub.journal.TooManyNames;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.TestCommunities;

class HistoryAlertsTest {

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock(AlertRig.START);
  private AlertRig hub;

  private static final Standstill FULL =
      new Standstill(Standstill.Cause.DISK_FULL, "/data", "the disk is full (df).");

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

  @Test
  void opensOneForNamesThatAGatewayInvents() {
    TooManyNames found =
        new TooManyNames(AlertRig.GATEWAY, new DeviceId("sensor-1"), clock.instant());
    hub.history.named(found);
    hub.history.named(found);

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.count()).isEqualTo(1);
              assertThat(alert.cause().type().value()).isEqualTo("gateway.too-many-names");
              assertThat(alert.cause().title().zh())
                  .isEqualTo("网关上报的名称过多：gateway-1（首个设备 sensor-1）");
              assertThat(alert.timeline().getFirst().text()).contains("make no series");
            });
  }

  @Test
  void opensOneWhileTheHistoryStandsStillAndClosesItWhenItGoesOn() {
    hub.history.stands(new HistoryStands(1_200, FULL, clock.instant()));
    hub.history.stands(new HistoryStands(1_300, FULL, clock.instant()));

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.cause().source()).isEqualTo(new AlertSource.OfHub());
              assertThat(alert.cause().title().zh()).isEqualTo("历史数据停止写入（1,200 条事件等待写入）");
              assertThat(alert.timeline().getFirst().text()).contains("the disk is full (df).");
              assertThat(alert.cause().values())
                  .isEqualTo(new Values(Map.of("disk-full", new Value.Text("/data"))));
            });

    hub.history.moves(new HistoryMoves(clock.instant()));
    hub.history.moves(new HistoryMoves(clock.instant()));

    assertThat(hub.all()).singleElement().matches(Alert::isResolved);
  }

  @Test
  void opensOneForAHistoryThatDropsEventsBeforeTheirTime() {
    Instant from = Instant.parse("2026-09-01T00:00:00Z");
    hub.history.shortened(new HistoryShortened(12_000, 60_000_000_000L, from, clock.instant()));
    hub.history.shortened(
        new HistoryShortened(7, 60_000_000_000L, from.plusSeconds(86_400), clock.instant()));

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.cause().type().value()).isEqualTo("hub.history-shortened");
              assertThat(alert.cause().title().zh())
                  .isEqualTo("历史数据因空间不足提前删除（2026-09-01 UTC 之前不完整）");
              assertThat(alert.cause().title().en()).contains("not whole before 2026-09-01 UTC");
              assertThat(alert.timeline().getFirst().text())
                  .contains("60,000 MB", "12,000 events", "linli.history.limit");
            });
  }
}
