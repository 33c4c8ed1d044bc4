package org.linli.sims.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.event.Digest;
import org.linli.event.Lane;
import org.linli.sims.console.CannotRunException;

/**
 * The gateway's outbox, under load, on a disk whose power goes at random instants. {@code
 * -Dlinli.test.cuts=100} asks for more of them, {@code -Dlinli.test.seed=5} for others.
 */
@Tag("slow")
@Timeout(180)
class OutboxPowerCutTest {

  /** Each of three tests; together more than twenty. */
  private static final int CUTS = Integer.getInteger("linli.test.cuts", 7);

  private static final long SEED = Long.getLong("linli.test.seed", 1);
  private static final int MOST_BEFORE_CUT = 400;
  private static final int MOST_STARTS = 30;

  @TempDir private Path parent;
  private final Random random = new Random(SEED);
  private final Set<String> acknowledged = new HashSet<>();
  private final Hub hub = new Hub();
  private long away;
  private PowerCutDisk disk;

  /** What a hub outside has of it. */
  private static final class Hub {
    private final Map<Lane, Long> sequences = new EnumMap<>(Lane.class);
    private final Map<Lane, String> digests = new EnumMap<>(Lane.class);
    private final Map<String, String> applied = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    long has(Lane lane) {
      return sequences.getOrDefault(lane, 0L);
    }

    void take(String[] words) {
      Lane lane = Lane.valueOf(words[2].toUpperCase(java.util.Locale.ROOT));
      long first = Long.parseLong(words[3]);
      if (first != has(lane) + 1
          || !words[5].equals(digests.getOrDefault(lane, Digest.NONE.toString()))) {
        wrong.add("does not follow: " + String.join(" ", words));
      }
      sequences.put(lane, Long.parseLong(words[4]));
      digests.put(lane, words[6]);
      for (int i = 7; i < words.length; i++) {
        String before = applied.put(words[i], lane + " " + first);
        if (before != null) {
          wrong.add(words[i] + " was in " + before + " and is in " + lane + " " + first);
        }
      }
    }
  }

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
  void losesNothingThatWasAcknowledgedAndDoublesNothing(Survival survival) throws Exception {
    for (int cut = 1; cut <= CUTS; cut++) {
      cutUnderLoad("cut" + cut, "", survival);
    }
    emptyIt("");
    assertThat(hub.applied.keySet()).containsAll(acknowledged);
    assertThat(hub.wrong).isEmpty();
    assertThat(acknowledged).hasSizeGreaterThan(CUTS * 10);
  }

  @Test
  void refusesWhileTheDiskFailsAndLosesNothingOfWhatItTook() throws Exception {
    for (int cut = 1; cut <= CUTS; cut++) {
      disk.errors(100);
      cutUnderLoad("errors" + cut, "", Survival.TORN);
    }
    disk.errors(0);
    emptyIt("");
    assertThat(disk.errorsMade()).isGreaterThan(CUTS);
    assertThat(away).as("devices told to come again").isPositive();
    assertThat(hub.applied.keySet()).containsAll(acknowledged);
    assertThat(hub.wrong).isEmpty();
  }

  /**
   * The proof that this test sees it when a gateway does not sync. A cut finds nothing where the
   * hub has everything at that instant.
   */
  @Test
  void findsThatEventsAreLostWhereNothingIsSynced() throws Exception {
    for (int cut = 1; cut <= CUTS && hub.applied.keySet().containsAll(acknowledged); cut++) {
      cutUnderLoad("unsynced" + cut, "sabotage:skip-fsync", Survival.NOTHING);
    }
    emptyIt("");
    assertThat(acknowledged).isNotEmpty();
    assertThat(hub.applied.keySet().containsAll(acknowledged) && hub.wrong.isEmpty())
        .as("everything is there although nothing was synced")
        .isFalse();
  }

  private void cutUnderLoad(String run, String faults, Survival survival)
      throws IOException, InterruptedException, CannotRunException {
    int some = random.nextInt(1, MOST_BEFORE_CUT);
    int heard = 0;
    for (int starts = 1; heard < some; starts++) {
      assertThat(starts).as("starts until an outbox came so far").isLessThan(MOST_STARTS);
      try (Victim agent = start(run + "-" + starts, faults)) {
        String line = agent.next();
        for (; line != null; line = agent.next()) {
          hear(line);
          if (++heard == some) {
            disk.cut(survival);
            agent.kill();
          }
        }
        agent.awaitEnd();
      }
    }
    disk.restore();
  }

  private Victim start(String run, String faults) throws IOException {
    return Victim.start(
        OutboxUnderLoad.class, faults, disk.path(), run, hub.has(Lane.URGENT), hub.has(Lane.BULK));
  }

  private void hear(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "taken" -> acknowledged.add(words[1]);
      case "away" -> away++;
      case "batch" -> hub.take(words);
      case "empty" -> {
        assertThat(words[1]).as("the ledger balances").isEqualTo("true");
        assertThat(words[2]).as("given up").isEqualTo("0");
      }
      default -> {}
    }
  }

  private void emptyIt(String run) throws IOException, InterruptedException {
    try (Victim agent = start(run, "")) {
      for (String line = agent.next(); line != null; line = agent.next()) {
        hear(line);
      }
      assertThat(agent.awaitEnd()).isZero();
    }
  }
}
