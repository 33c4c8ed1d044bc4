package org.linli.sims.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.TakenEvent;
import org.linli.event.Value;
import org.linli.event.codec.BatchCodec;
import org.linli.sims.community.Community;
import org.linli.sims.community.UnusableCommunityException;

/**
 * A gateway's link may be metered by the byte: the bar is 12 bytes for each event of a real day.
 */
class TwelveBytesTest {

  private static final int EVENTS = 500;
  private static final double BAR = 12.0;

  @ParameterizedTest(name = "seed {0}, {1} events into the day")
  @CsvSource({"1, 0", "1, 1000", "1, 20000", "2, 5000"})
  void fiveHundredConsecutiveEventsTakeTwelveBytesEachAtMost(long seed, int skipped)
      throws UnusableCommunityException {
    List<TakenEvent> taken = taken(seed, skipped);
    Batch batch =
        new Batch(
            new GatewayId("gateway-1"),
            1,
            Lane.BULK,
            1,
            EVENTS,
            Digest.NONE,
            Digest.NONE,
            new LaneLedger(skipped + EVENTS, 0),
            List.of(),
            taken);

    byte[] bytes = BatchCodec.encode(batch);

    assertThat(BatchCodec.decode(bytes)).isEqualTo(new BatchCodec.Decoded.Read(batch));
    assertThat(bytes.length / (double) EVENTS).isLessThanOrEqualTo(BAR);
  }

  @Test
  void theEventsThatAreMeasuredAreNoEasyOnes() throws UnusableCommunityException {
    List<TakenEvent> taken = taken(1, 1_000);
    List<Double> reals = new ArrayList<>();
    for (TakenEvent event : taken) {
      for (Value value : event.event().values().byName().values()) {
        if (value instanceof Value.Real(double number)) {
          reals.add(number);
        }
      }
    }
    assertThat(reals).hasSizeGreaterThan(EVENTS);
    assertThat(reals.stream().distinct()).hasSizeGreaterThan(200);
    assertThat(taken.stream().map(event -> event.event().device()).distinct())
        .hasSizeGreaterThan(50);
  }

  /** As a gateway takes them: a few milliseconds after they happened, counted by device. */
  private static List<TakenEvent> taken(long seed, int skipped) throws UnusableCommunityException {
    SimulatedDay day =
        new SimulatedDay(
            Community.sample(),
            new SimulatedDay.Script(NamedDay.ORDINARY, seed, LocalTime.of(7, 0), null, ""));
    Random transit = new Random(seed);
    Map<DeviceId, Long> orders = new HashMap<>();
    List<TakenEvent> taken = new ArrayList<>();
    for (int i = 0; i < skipped + EVENTS; i++) {
      SimulatedEvent event = day.next();
      long order = orders.merge(event.device(), 1L, Long::sum);
      if (i >= skipped) {
        taken.add(
            new TakenEvent(
                order,
                new DeviceEvent(
                    event.device(),
                    event.kind(),
                    event.type(),
                    event.id(),
                    event.time(),
                    null,
                    event.time().plusMillis(2 + transit.nextInt(30)),
                    event.values())));
      }
    }
    return taken;
  }
}
