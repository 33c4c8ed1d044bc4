package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.linli.edge.command.CommandSettings;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.outbox.OutboxSettings;
import org.springframework.util.unit.DataSize;

/** Settings that the heap carries each, and not all together. */
class HeapCheckTest {

  private static final CommandSettings FIVE_THOUSAND =
      new CommandSettings(DataSize.ofKilobytes(4), 5_000);

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

  @Test
  void aHeapOf128MegabytesCarriesTheDefaults() {
    assertThatCode(
            () ->
                HeapCheck.check(OutboxSettings.DEFAULTS, FIVE_THOUSAND, new DoorMemory(120L << 20)))
        .doesNotThrowAnyException();
  }

  @Test
  void namesTheSettingThatAsksForMost() {
    assertThatThrownBy(
            () -> HeapCheck.check(waiting(100), FIVE_THOUSAND, new DoorMemory(128L << 20)))
        .isInstanceOf(CannotListenException.class)
        .hasMessage(
            "linli.outbox.waiting-bytes (100 MB) and linli.commands.max-devices x"
                + " linli.commands.max-size (19 MB) can make the gateway hold 119 MB together, and"
                + " a heap of 128 MB has room for 44: make linli.outbox.waiting-bytes less, or give"
                + " the agent more with LINLI_HEAP.");
    assertThatThrownBy(
            () ->
                HeapCheck.check(
                    waiting(8),
                    new CommandSettings(DataSize.ofKilobytes(64), 5_000),
                    new DoorMemory(128L << 20)))
        .hasMessageContaining("make linli.commands.max-devices x linli.commands.max-size less");
  }
}
