package org.linli.edge;

import org.linli.edge.intake.DoorMemory;
import org.linli.edge.memory.HeapShare;
import org.linli.edge.outbox.OutboxSettings;
import org.springframework.stereotype.Component;

/**
 * Checks, before any door opens, that the memory which settings give to the gateway beside its
 * doors fits its share of the heap.
 */
@Component
final class HeapCheck {

  HeapCheck(OutboxSettings outbox) {
    check(outbox, DoorMemory.ofThisProgram());
  }

  /**
   * @throws org.linli.edge.intake.CannotListenException naming the setting that asks for too much
   */
  static void check(OutboxSettings outbox, DoorMemory memory) {
    memory.requireBytes(
        "linli.outbox.waiting-bytes",
        outbox.waitingBytes().toBytes(),
        HeapShare.WAITING.of(memory.heap()));
  }
}
