package org.linli.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linli.edge.profile.Repeat;
import org.linli.edge.profile.RepeatReason;
import org.linli.event.DeviceId;

class RepeatsTest {

  private static Repeat of(String device, RepeatReason reason) {
    return new Repeat(new DeviceId(device), reason);
  }

  @Test
  void countsByDeviceAndReason() {
    Repeats repeats = new Repeats(10);
    repeats.add(
        List.of(
            of("door-1", RepeatReason.UNCHANGED),
            of("leak-1", RepeatReason.UNCHANGED),
            of("leak-1", RepeatReason.CACHED)));
    repeats.add(List.of(of("leak-1", RepeatReason.UNCHANGED)));

    assertThat(repeats.byReason())
        .isEqualTo(Map.of(RepeatReason.UNCHANGED, 3L, RepeatReason.CACHED, 1L));
    assertThat(repeats.byDevice(1))
        .containsExactly(
            new Repeats.OfDevice(
                new DeviceId("leak-1"),
                Map.of(RepeatReason.UNCHANGED, 2L, RepeatReason.CACHED, 1L)));
  }

  @Test
  void aTerminalThatRepeatsForEverLosesNoSumWhereManyDevicesRepeat() {
    Repeats repeats = new Repeats(10);
    for (int i = 0; i < 1_000; i++) {
      repeats.add(
          List.of(of("terminal-1", RepeatReason.SAME_ID), of("d-" + i, RepeatReason.UNCHANGED)));
    }

    assertThat(repeats.byDevice(1_000)).hasSize(10);
    assertThat(repeats.byDevice(1))
        .containsExactly(
            new Repeats.OfDevice(new DeviceId("terminal-1"), Map.of(RepeatReason.SAME_ID, 1_000L)));
    assertThat(repeats.byReason().get(RepeatReason.UNCHANGED)).isEqualTo(1_000);
  }
}
