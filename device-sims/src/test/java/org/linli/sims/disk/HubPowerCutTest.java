package org.linli.sims.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.sims.console.CannotRunException;

/**
 * A hub's records, under load, on a disk whose power goes at random instants. {@code
 * -Dlinli.test.cuts=100} asks for more of them, {@code -Dlinli.test.seed=5} for others.
 */
@Tag("slow")
@Timeout(180)
class HubPowerCutTest {

  /** Each of three tests; together more than twenty. */
  private static final int CUTS = Integer.getInteger("linli.test.cuts", 7);

  private static final long SEED = Long.getLong("linli.test.seed", 1);
  private static final int MOST_BEFORE_CUT = 300;

  @TempDir private Path parent;
  private final Random random = new Random(SEED);
  private long receipted;
  private PowerCutDisk disk;

  @BeforeEach
  void mount() throws CannotRunException {
    FuseHere.assume();
    disk = PowerCutDisk.mount(parent.resolve("folder"), parent.resolve("mounted"), SEED);
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  static List<Survival> survivals() {
    return List.of(Survival.NOTHING, Survival.TORN, Survival.TORN_AND_FLIPPED);
  }

  @ParameterizedTest
  @MethodSource("survivals")
  void hasEverythingThatItReceiptedOnce(Survival survival) throws Exception {
    for (int cut = 1; cut <= CUTS; cut++) {
      cutUnderLoad("", survival);
    }
    List<Long> found = shown();
    long applied = receipted * HubUnderLoad.EVENTS_IN_BATCH;
    Set<Long> known = Set.copyOf(found);
    assertThat(LongStream.rangeClosed(1, applied).filter(number -> !known.contains(number)))
        .as("missing of what waits for the history; %d batches receipted", receipted)
        .isEmpty();
    assertThat(found).doesNotHaveDuplicates();
    assertThat(receipted).isGreaterThan(CUTS);
  }

  /** The proof that this test sees it when a hub does not sync. */
  @Test
  void findsThatReceiptedBatchesAreLostWhereNothingIsSynced() throws Exception {
    cutUnderLoad("sabotage:skip-fsync", Survival.NOTHING);
    try (Victim hub = Victim.start(HubUnderLoad.class, "", disk.path(), false, 0)) {
      String line = hub.next();
      assertThat(line == null ? 0 : Long.parseLong(line.split(" ")[1]))
          .as("where the watermark is")
          .isLessThan(receipted);
    }
  }

  private void cutUnderLoad(String faults, Survival survival) throws Exception {
    int some = random.nextInt(1, MOST_BEFORE_CUT);
    try (Victim hub = Victim.start(HubUnderLoad.class, faults, disk.path(), false)) {
      int heard = 0;
      for (String line = hub.next(); line != null; line = hub.next()) {
        String[] words = line.split(" ");
        long sequence = words[0].matches("stands|applied") ? Long.parseLong(words[1]) : 0;
        switch (words[0]) {
          case "stands" ->
              assertThat(sequence)
                  .as("the watermark, where a gateway has deleted up to %d", receipted)
                  .isGreaterThanOrEqualTo(receipted);
          case "applied" -> receipted = sequence;
          default -> {}
        }
        if (++heard == some) {
          disk.cut(survival);
          hub.kill();
        }
      }
      hub.awaitEnd();
      assertThat(heard).as("lines heard before the cut").isGreaterThanOrEqualTo(some);
    }
    disk.restore();
  }

  private List<Long> shown() throws Exception {
    List<Long> found = new ArrayList<>();
    try (Victim hub =
        Victim.start(
            HubUnderLoad.class, "", disk.path(), false, receipted * HubUnderLoad.EVENTS_IN_BATCH)) {
      for (String line = hub.next(); line != null; line = hub.next()) {
        String[] words = line.split(" ");
        if (words[0].equals("has")) {
          found.add(Long.parseLong(words[1]));
        } else if (words[0].equals("stands")) {
          assertThat(Long.parseLong(words[1])).isGreaterThanOrEqualTo(receipted);
        }
      }
      assertThat(hub.awaitEnd()).isZero();
    }
    return found;
  }
}
