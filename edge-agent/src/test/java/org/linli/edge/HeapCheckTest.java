package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.outbox.OutboxSettings;
import org.springframework.util.unit.DataSize;

/** Settings that the heap carries each, and not all together. */
class HeapCheckTest {

  private static OutboxSettings waiting(int megabytes) {
    OutboxSettings defaults = OutboxSettings.DEFAULTS;
    return new OutboxSettings(
        defaults.waitingEvents(),
        DataSize.ofMegabytes(megabytes),
        defaults.rememberedIds(),
        defaults.rememberedFor(),
        defaults.deadLetters(),
        defaults.quota(),
        defaults.maxAge(),
        defaults.reserve());
  }

  @ParameterizedTest
  @ValueSource(longs = {64, 96, 128, 4_096})
  void aHeapCarriesTheDefaultsWhateverItsSize(long megabytes) {
    DoorMemory memory = new DoorMemory(megabytes << 20);
    assertThatCode(
            () ->
                HeapCheck.check(
                    waiting(0),
                    new DoorMemory(Math.max(Runtime.getRuntime().maxMemory(), megabytes << 20))))
        .describedAs("what follows from the heap of this program")
        .doesNotThrowAnyException();
    assertThat(memory.heldBytes()).isGreaterThan(256 << 10);
    assertThat(memory.bodyBytes()).isGreaterThan(256 << 10);
    assertThat(memory.willBytes()).isGreaterThan(16 << 10);
    assertThat(memory.blockBytes()).isGreaterThan(64 << 10);
    assertThat(memory.mqttConnections()).isGreaterThan(1_000);
    assertThat(memory.httpConnections()).isGreaterThan(10);
  }

  @Test
  void namesTheSettingThatAsksForTooMuch() {
    assertThatThrownBy(() -> HeapCheck.check(waiting(100), new DoorMemory(128L << 20)))
        .isInstanceOf(CannotListenException.class)
        .hasMessageStartingWith(
            "linli.outbox.waiting-bytes is 100MB, and a heap of 128 MB carries ")
        .hasMessageEndingWith("give the agent more with LINLI_HEAP, or make it less.");
  }
}
