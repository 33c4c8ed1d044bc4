package org.linli.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.event.Batch;
import org.linli.event.CommunityDay;
import org.linli.event.DeviceEvent;
import org.linli.event.TakenEvent;
import org.linli.event.TestEvents;

/** What an event costs on a metered uplink. */
class CompactnessTest {

  private static final int EVENTS = 500;

  /**
   * A number with all its 53 bits is noise for 6 of its 8 bytes, whatever is done with it; these
   * events have 1.08 fractional numbers each.
   */
  @ParameterizedTest
  @CsvSource({"ROUNDED, 8.5", "MIXED, 10.5", "FULL, 15"})
  void keepsFiveHundredEventsSmall(CommunityDay.Noise noise, double bytesPerEvent) {
    for (int seed = 1; seed <= 3; seed++) {
      Batch batch = TestEvents.batch(CommunityDay.events(seed, noise, EVENTS));

      byte[] bytes = BatchCodec.encode(batch);

      assertThat(BatchCodec.decode(bytes)).isEqualTo(new BatchCodec.Decoded.Read(batch));
      assertThat(bytes.length / (double) EVENTS).isLessThanOrEqualTo(bytesPerEvent);
    }
  }

  @Test
  void spendsNextToNothingOnCounterIds() {
    List<TakenEvent> with = CommunityDay.events(1, CommunityDay.Noise.ROUNDED, EVENTS);
    List<TakenEvent> without =
        with.stream()
            .map(
                taken ->
                    new TakenEvent(
                        taken.order(),
                        new DeviceEvent(
                            taken.event().device(),
                            taken.event().kind(),
                            taken.event().type(),
                            null,
                            taken.event().time(),
                            null,
                            taken.event().takenAt(),
                            taken.event().values())))
            .toList();

    int difference =
        BatchCodec.encode(TestEvents.batch(with)).length
            - BatchCodec.encode(TestEvents.batch(without)).length;

    assertThat(difference).isLessThan(EVENTS / 2);
  }
}
