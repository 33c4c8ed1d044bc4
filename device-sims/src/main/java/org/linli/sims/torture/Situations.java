package org.linli.sims.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.load.Traffic;
import org.linli.sims.program.AgentSetup;
import org.linli.sims.program.Folders;
import org.linli.sims.program.Running;
import tools.jackson.databind.JsonNode;

/** Faults that combine several failures. */
final class Situations {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int FLOOD_BYTES = 1_000;
  private static final int FLOOD_DEVICES = 20;
  private static final int FLOOD_PER_SECOND = 4_000;

  /** Devices continue to report: the queue is never empty for long. */
  private static final int SHORT_QUEUE = 1_000;

  private static final int TWIN_DEVICES = 10;
  private static final int TWIN_PER_SECOND = 40;

  private final Scene scene;
  private final Town town;
  private int copies;
  private long takenElsewhere;
  private long givenUpElsewhere;

  /** The most events that the newest copy has in its queue. */
  private long waitingInCopy;

  private long waitingInRestored;

  Situations(Scene scene) {
    this.scene = scene;
    this.town = scene.town();
  }

  /**
   * How many events were taken by agents whose ledgers are gone: clones, and the agent whose folder
   * was replaced by a copy.
   */
  long takenElsewhere() {
    return takenElsewhere;
  }

  /** How many of these events such an agent had shed. */
  long givenUpElsewhere() {
    return givenUpElsewhere;
  }

  /**
   * The most events that waited in the restored copies: the hub already has them, and an agent that
   * cannot know that may shed them.
   */
  long waitingInRestored() {
    return waitingInRestored;
  }

  /** Copies the agent's folder while it is stopped, as a snapshot of its disk would be. */
  void copyAgent() throws CannotRunException, InterruptedException {
    JsonNode before = town.agentApi().get("/api/ledger");
    copyTo(copy(copies + 1));
    copies++;
    waitingInCopy =
        town.agentFigure("taken")
            - before.path("receipted").asLong()
            - before.path("shed").asLong();
  }

  String everybodyReconnects() throws CannotRunException, InterruptedException {
    town.agent().awaitUp();
    int crowd = scene.crowd();
    Traffic devices =
        scene
            .devices()
            .begin("crowd-", crowd, crowd, Math.max(1, crowd / 4), 0, town.doors().mqtt());
    Town.await(PATIENCE, () -> devices.ready() == crowd);
    int before = devices.ready();
    town.agent().kill();
    town.agent().start("");
    long since = System.nanoTime();
    town.agent().awaitUp();
    Town.await(PATIENCE, () -> devices.ready() == crowd);
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    String said =
        "%d connected, killed, %d back after %.1f s"
            .formatted(before, devices.ready(), took.toMillis() / 1_000.0);
    devices.end(PATIENCE);
    return said;
  }

  String hubAwayBeyondQuota() throws CannotRunException, InterruptedException {
    town.agent().awaitUp();
    town.hub().awaitUp();
    town.awaitQueueBelow(SHORT_QUEUE, PATIENCE);
    long before = town.agentFigure("shed");
    town.hub().kill();
    Traffic flood =
        scene
            .devices()
            .begin("flood-", 4, FLOOD_DEVICES, FLOOD_PER_SECOND, FLOOD_BYTES, town.doors().mqtt());
    long enough = scene.quota() / FLOOD_BYTES * 3 / 2;
    Town.await(PATIENCE, () -> flood.offered() > enough);
    flood.end(PATIENCE);
    long shed = town.agentFigure("shed") - before;
    town.hub().start("");
    town.hub().awaitUp();
    boolean drained = town.awaitQueueBelow(SHORT_QUEUE, PATIENCE);
    return "%d events offered in addition, %d given up%s"
        .formatted(flood.offered(), shed, drained ? "" : ", STILL QUEUED");
  }

  String twoAgents(Random random) throws CannotRunException, InterruptedException {
    town.agent().awaitUp();
    town.hub().awaitUp();
    copyAgent();
    Path data = scene.folder().resolve("twin");
    AgentSetup setup =
        town.agentSetup()
            .elsewhere(data, scene.folder().resolve("twin.log"), AgentSetup.Doors.free());
    replace(data, copy(copies));
    try (Running twin = town.runningAgent("agent", setup);
        JsonApi api = new JsonApi("gateway", setup.uri(), "")) {
      twin.start("");
      twin.awaitUp();
      long before = taken(api);
      Traffic devices =
          scene.devices().begin("twin-", 2, TWIN_DEVICES, TWIN_PER_SECOND, 0, setup.doors().mqtt());
      scene.linger(random, 12_000, 25_000);
      devices.end(PATIENCE);
      boolean drained = Town.await(PATIENCE, () -> Town.queued(api) == 0);
      long took = taken(api) - before;
      takenElsewhere += took;
      twin.kill();
      return "the clone took %d%s".formatted(took, drained ? "" : ", and STILL HAS SOME QUEUED");
    }
  }

  String restoredCopy() throws CannotRunException, InterruptedException {
    town.hub().awaitUp();
    town.agent().awaitUp();
    boolean quiet = scene.devices().hold(PATIENCE);
    boolean drained = town.awaitEmptyQueue(PATIENCE);
    if (!quiet || !drained) {
      scene.devices().release();
      return "LEFT OUT: %d unanswered, %d queued"
          .formatted(scene.devices().unanswered(), town.agentFigure("queued"));
    }
    long atEnd = town.agentFigure("taken");
    long givenUpAtEnd = town.agentFigure("shed");
    town.agent().kill();
    replace(town.agentData(), copy(copies));
    town.agent().start("");
    town.agent().awaitUp();
    long atStart = town.agentFigure("taken");
    takenElsewhere += atEnd - atStart;
    givenUpElsewhere += givenUpAtEnd - town.agentFigure("shed");
    waitingInRestored += waitingInCopy;
    scene.devices().release();
    copyAgent();
    return "back by %d events".formatted(atEnd - atStart);
  }

  private void copyTo(Path copy) throws CannotRunException, InterruptedException {
    town.agent().freeze();
    try {
      Folders.copy(town.agentData(), copy);
    } catch (IOException e) {
      throw unusable(town.agentData(), e);
    } finally {
      town.agent().thaw();
    }
  }

  private static void replace(Path data, Path copy) throws CannotRunException {
    try {
      Folders.empty(data);
      Folders.copy(copy, data);
      Folders.sync(data);
    } catch (IOException e) {
      throw unusable(data, e);
    }
  }

  private static CannotRunException unusable(Path folder, IOException e) {
    return CannotRunException.unusable(
        "The folder %s cannot be copied or replaced: %s.".formatted(folder, e));
  }

  private static long taken(JsonApi agent) throws CannotRunException, InterruptedException {
    return agent.get("/api/ledger").path("taken").asLong();
  }

  private Path copy(int number) {
    return scene.folder().resolve("copy-" + number);
  }
}
