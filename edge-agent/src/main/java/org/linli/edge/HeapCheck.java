package org.linli.edge;

import java.util.Comparator;
import java.util.List;
import org.linli.edge.command.CommandSettings;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.outbox.OutboxSettings;
import org.springframework.stereotype.Component;

/**
 * Holds what settings let the gateway keep in memory against the heap, before any door opens: each
 * of them may fit, and all together not.
 */
@Component
final class HeapCheck {

  /** What one setting, or two together, can make the gateway hold. */
  private record Share(String setting, long bytes) {

    @Override
    public String toString() {
      return setting + " (" + (bytes >> 20) + " MB)";
    }
  }

  HeapCheck(OutboxSettings outbox, CommandSettings commands) {
    check(outbox, commands, DoorMemory.ofThisProgram());
  }

  /**
   * @throws CannotListenException naming the setting that asks for most
   */
  static void check(OutboxSettings outbox, CommandSettings commands, DoorMemory memory) {
    List<Share> shares =
        List.of(
            new Share("linli.outbox.waiting-bytes", outbox.waitingBytes().toBytes()),
            new Share(
                "linli.commands.max-devices x linli.commands.max-size",
                commands.maxDevices() * commands.maxSize().toBytes()));
    long all = shares.stream().mapToLong(Share::bytes).sum();
    if (all > memory.besideTheDoors()) {
      Share largest = shares.stream().max(Comparator.comparingLong(Share::bytes)).orElseThrow();
      throw CannotListenException.because(
          "%s and %s can make the gateway hold %d MB together, and a heap of %d MB has room for %d: make %s less, or give the agent more with LINLI_HEAP."
              .formatted(
                  shares.getFirst(),
                  shares.getLast(),
                  all >> 20,
                  memory.heap() >> 20,
                  memory.besideTheDoors() >> 20,
                  largest.setting()));
    }
  }
}
