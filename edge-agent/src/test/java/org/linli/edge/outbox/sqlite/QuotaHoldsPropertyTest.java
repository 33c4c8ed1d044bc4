package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.linli.event.DeviceEvent;
import org.linli.event.Lane;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/**
 * Whatever a hub does that confirms nothing, the file stays within its quota, and nothing is
 * refused as long as there is something to give up.
 */
class QuotaHoldsPropertyTest {

  private static final DataSize QUOTA = DataSize.ofKilobytes(416);

  /** One thing that happens to an outbox whose hub sends no receipt. */
  sealed interface Step {

    /**
     * Events, each of a sort (0 urgent, 1 bulk, 2 a measurement) and so many kilobytes.
     *
     * @param sorts one event for each
     */
    record Offer(List<Integer> sorts, int kilobytes) implements Step {}

    record Connect() implements Step {}

    record Part() implements Step {}

    /** The hub is sent so many batches. */
    record Send(Lane lane, int batches) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(
                20,
                Combinators.combine(
                        Arbitraries.integers().between(0, 2).list().ofMinSize(1).ofMaxSize(6),
                        Arbitraries.of(0, 1, 3, 4, 5, 6))
                    .as(Step.Offer::new)),
            Tuple.of(1, Arbitraries.just(new Step.Connect())),
            Tuple.of(1, Arbitraries.just(new Step.Part())),
            Tuple.of(
                2,
                Combinators.combine(
                        Arbitraries.of(Lane.class), Arbitraries.integers().between(1, 3))
                    .as(Step.Send::new)));
    return step.list().ofMinSize(40).ofMaxSize(90);
  }

  @Property(tries = 30, shrinking = ShrinkingMode.BOUNDED)
  void staysWithinItsQuota(@ForAll("steps") List<Step> steps, @ForAll boolean isThere)
      throws IOException {
    Path folder = Files.createTempDirectory("outbox");
    try (OpenedOutbox opened =
        new OpenedOutbox(
            folder, OpenedOutbox.small(QUOTA, Duration.ofDays(30), DataSize.ofKilobytes(64)))) {
      HubWithMemory hub = new HubWithMemory();
      boolean isConnected = isThere;
      if (isThere) {
        opened.outbox().settle(hub.watermarks());
      }
      for (Step step : steps) {
        switch (step) {
          case Step.Offer offer -> offer(opened, offer, isConnected);
          case Step.Connect() -> {
            opened.outbox().settle(hub.watermarks());
            isConnected = true;
          }
          case Step.Part() -> {
            opened.outbox().parted();
            isConnected = false;
          }
          case Step.Send(Lane lane, int batches) -> {
            for (int i = 0; i < batches && isConnected; i++) {
              hub.take(opened.outbox(), lane, 3);
            }
          }
        }
        assertThat(opened.outbox().ledger().balances()).isTrue();
        assertThat(used(opened)).as("after %s", step).isLessThanOrEqualTo(QUOTA.toBytes());
      }
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static void offer(OpenedOutbox opened, Step.Offer offer, boolean isConnected) {
    DeviceEvent[] events =
        offer.sorts().stream()
            .map(
                sort ->
                    switch (sort) {
                      case 0 -> Offered.urgent("lift-1", null);
                      case 1 -> Offered.bulk("lift-2", null);
                      default -> Offered.measurement("lift-3", null);
                    })
            .map(event -> offer.kilobytes() == 0 ? event : Offered.padded(event, offer.kilobytes()))
            .toArray(DeviceEvent[]::new);
    String answer = opened.offer(events);
    if (!answer.equals("taken")) {
      assertThat(answer).startsWith("unavailable: there is no room");
      for (Lane lane : Lane.values()) {
        assertThat(leftToGiveUp(opened, lane, isConnected))
            .as("%s events that are kept although something is refused", lane)
            .isZero();
      }
    }
  }

  /** Of the rows before the newest, those that no hub may be reading. */
  private static long leftToGiveUp(OpenedOutbox opened, Lane lane, boolean isConnected) {
    String rows = RowTable.nameOf(lane);
    return opened.number(
        "SELECT coalesce(sum(measurement_count + other_count), 0) FROM "
            + rows
            + " WHERE position < (SELECT max(position) FROM "
            + rows
            + ")"
            + (isConnected
                ? " AND position > (SELECT " + lane.wireName() + "_sendable FROM totals)"
                : ""));
  }

  private static long used(OpenedOutbox opened) {
    return opened.number("PRAGMA page_count") * opened.number("PRAGMA page_size");
  }

  /** 38 offers, as a hub was seen to do that confirmed nothing. */
  @net.jqwik.api.Example
  void givesUpMeasurementsBeforeItRefusesAnythingOfAHubThatConfirmsNothing() throws IOException {
    Path folder = Files.createTempDirectory("outbox");
    try (OpenedOutbox opened =
        new OpenedOutbox(
            folder, OpenedOutbox.small(QUOTA, Duration.ofDays(30), DataSize.ofKilobytes(64)))) {
      opened.outbox().settle(new HubWithMemory().watermarks());
      for (int i = 0; i < 38; i++) {
        offer(opened, new Step.Offer(List.of(0, 1, 2), 6), true);
        assertThat(used(opened)).as("offer %d", i).isLessThanOrEqualTo(QUOTA.toBytes());
      }
      assertThat(opened.outbox().ledger().shed()).isPositive();
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }
}
