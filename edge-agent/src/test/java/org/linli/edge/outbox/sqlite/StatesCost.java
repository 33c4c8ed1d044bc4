package org.linli.edge.outbox.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.linli.edge.profile.StateChange;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;

/**
 * Measures what it costs to remember states over a restart: on the disk, and in acknowledgements a
 * second. Two outboxes take the same events in turns. In one of them each message changes a state
 * too, which is the worst case.
 */
final class StatesCost {

  private static final int ROUNDS = 7;
  private static final int MESSAGES = 20_000;
  private static final int DEVICES = 2_000;

  /** Messages that wait for their answer at a time, as of many devices at the doors. */
  private static final int WAITING = 500;

  private static long changes;

  private StatesCost() {}

  /**
   * @param arguments an empty folder
   */
  public static void main(String[] arguments) throws IOException {
    Path without = Path.of(arguments[0], "without");
    Path with = Path.of(arguments[0], "with");
    double[] ratios = new double[ROUNDS];
    try (OpenedOutbox plain = new OpenedOutbox(Files.createDirectories(without));
        OpenedOutbox remembering = new OpenedOutbox(Files.createDirectories(with))) {
      for (int round = 0; round < ROUNDS; round++) {
        // Each goes first in turn.
        boolean first = round % 2 == 0;
        double one = perSecond(first ? plain : remembering, !first, round);
        double other = perSecond(first ? remembering : plain, first, round);
        ratios[round] = first ? other / one : one / other;
        System.out.printf(
            "round %d: %,.0f/s without states, %,.0f/s with: %.2f ×%n",
            round + 1, first ? one : other, first ? other : one, ratios[round]);
      }
    }
    Arrays.sort(ratios);
    long more = Files.size(with.resolve("outbox.db")) - Files.size(without.resolve("outbox.db"));
    System.out.printf(
        "%.2f × in the median, %.2f to %.2f; %,d states take %,d bytes more on the disk, %d each%n",
        ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1], DEVICES, more, more / DEVICES);
  }

  private static double perSecond(OpenedOutbox outbox, boolean remembers, int round) {
    Deque<Offered> waiting = new ArrayDeque<>();
    long start = System.nanoTime();
    for (int i = 0; i < MESSAGES; i++) {
      if (waiting.size() == WAITING) {
        waiting.removeFirst().awaitAnswer();
      }
      Offered offered = new Offered();
      waiting.addLast(offered);
      String device = "door-" + i % DEVICES;
      DeviceEvent event = Offered.bulk(device, null);
      outbox
          .outbox()
          .offer(remembers ? offered.changing(change(device, round), event) : offered.of(event));
    }
    waiting.forEach(Offered::awaitAnswer);
    return MESSAGES / ((System.nanoTime() - start) / 1e9);
  }

  private static StateChange change(String device, int round) {
    return new StateChange.Known(
        "zigbee2mqtt",
        new DeviceId(device),
        "contact",
        round % 2 == 0 ? "open" : "closed",
        Offered.AT,
        ++changes);
  }
}
