package org.linli.sims.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.disk.PowerCutDisk;

/** The data folders of hub and agent: plain folders, or disks whose power can be cut. */
final class Disks implements AutoCloseable {

  /** More room than anyone uses up. */
  static final long PLENTY = 1L << 40;

  private final Path agent;
  private final Path hub;
  private final Path hubBoot;
  private final @Nullable PowerCutDisk ofAgent;
  private final @Nullable PowerCutDisk ofHub;

  private Disks(
      Path agent,
      Path hub,
      Path hubBoot,
      @Nullable PowerCutDisk ofAgent,
      @Nullable PowerCutDisk ofHub)
      throws CannotRunException {
    this.agent = agent;
    this.hub = hub;
    this.hubBoot = hubBoot;
    this.ofAgent = ofAgent;
    this.ofHub = ofHub;
    hubBootsAnew();
  }

  /**
   * Folders for both.
   *
   * @param cuttable whether their power can be cut
   * @throws CannotRunException when that is not possible, with the reason
   */
  static Disks in(Path folder, boolean cuttable, long seed) throws CannotRunException {
    Path agent = folder.resolve("agent");
    Path hub = folder.resolve("hub");
    Path hubBoot = folder.resolve("hub-boot-id");
    if (!cuttable) {
      return new Disks(agent, hub, hubBoot, null, null);
    }
    PowerCutDisk ofAgent = mount(folder.resolve("agent-disk"), agent, seed);
    try {
      return new Disks(
          agent, hub, hubBoot, ofAgent, mount(folder.resolve("hub-disk"), hub, seed + 1));
    } catch (CannotRunException e) {
      ofAgent.close();
      throw e;
    }
  }

  private static PowerCutDisk mount(Path stored, Path at, long seed) throws CannotRunException {
    try {
      Files.createDirectories(stored);
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "The folder %s cannot be made: %s.".formatted(stored, e.getMessage()));
    }
    return PowerCutDisk.mount(stored, at, seed);
  }

  Path agent() {
    return agent;
  }

  Path hub() {
    return hub;
  }

  /** A file with the boot id of the hub's machine. */
  Path hubBoot() {
    return hubBoot;
  }

  /** Changes the boot id, as a machine does after a power loss. */
  void hubBootsAnew() throws CannotRunException {
    try {
      Files.writeString(hubBoot, UUID.randomUUID().toString());
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "%s cannot be written: %s.".formatted(hubBoot, e.getMessage()));
    }
  }

  /** The disk of the program with this name. */
  PowerCutDisk of(String program) {
    PowerCutDisk disk = program.equals("hub") ? ofHub : ofAgent;
    if (disk == null) {
      throw new IllegalStateException("no disk faults without disks");
    }
    return disk;
  }

  /** Ends disk errors and limits of space. */
  void heal() {
    Stream.of("agent", "hub")
        .filter(program -> ofAgent != null)
        .map(this::of)
        .forEach(
            disk -> {
              disk.errors(0);
              disk.room(PLENTY);
            });
  }

  @Override
  public void close() {
    if (ofAgent != null) {
      ofAgent.close();
    }
    if (ofHub != null) {
      ofHub.close();
    }
  }
}
