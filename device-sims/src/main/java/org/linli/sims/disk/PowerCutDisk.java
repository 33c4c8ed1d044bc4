package org.linli.sims.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.cryptomator.jfuse.api.Fuse;
import org.cryptomator.jfuse.api.FuseBuilder;
import org.cryptomator.jfuse.api.FuseMountFailedException;
import org.linli.sims.console.CannotRunException;

/**
 * A folder as a disk whose power can be cut, by FUSE: everything that a program wrote there without
 * fsync, including names, is gone afterwards. The disk can also return EIO now and then, or be
 * full.
 *
 * <pre>
 *   program ─▶ kernel ─▶ mount point ─▶ SimulatedDisk ─▶ folder.stored
 *                page cache, mmap        what was not synced
 * </pre>
 *
 * <p>Memory-mapped data stays in the kernel until msync(2) or the kernel itself writes it, and only
 * then reaches this disk as writes; msync with MS_SYNC and fdatasync(2) arrive as fsync. So data
 * that was never written back counts as lost, as in a real power cut. sync_file_range(2) and
 * sync(2) do not reach this disk and make nothing durable.
 *
 * <p>Programs that use the disk must run in other processes: a page fault that waits for this
 * process would wait for itself. For Linux as root, with libfuse3.
 */
public final class PowerCutDisk implements AutoCloseable {

  private static final Path DEVICE = Path.of("/dev/fuse");
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String LIBRARY = "libfuse3.so.3";

  private final Path mountPoint;
  private final SimulatedDisk disk;
  private Fuse fuse;

  private PowerCutDisk(Path mountPoint, SimulatedDisk disk) throws CannotRunException {
    this.mountPoint = mountPoint;
    this.disk = disk;
    this.fuse = mounted();
  }

  /** Why such a disk cannot be mounted here, as a sentence; empty when it can. */
  public static Optional<String> unsupported() {
    if (!Files.isWritable(DEVICE)) {
      return Optional.of("A disk whose power is cut needs Linux's " + DEVICE + " and root.");
    }
    return library().isPresent()
        ? Optional.empty()
        : Optional.of(
            "A disk whose power is cut needs libfuse3; install it (Debian: apt install fuse3).");
  }

  private static Optional<Path> library() {
    try (var found =
        Files.find(
            LIBRARIES, 2, (path, attributes) -> path.getFileName().toString().equals(LIBRARY))) {
      return found.findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * @param folder the content of the disk at first and after {@link #close}; empty meanwhile
   * @param mountPoint where programs see the disk; created when it is missing
   * @param seed decides what survives and what fails
   * @throws CannotRunException when the disk cannot be mounted, with what to do
   */
  public static PowerCutDisk mount(Path folder, Path mountPoint, long seed)
      throws CannotRunException {
    Optional<String> obstacle = unsupported();
    if (obstacle.isPresent()) {
      throw CannotRunException.unusable(obstacle.get());
    }
    try {
      Files.createDirectories(mountPoint);
    } catch (IOException e) {
      throw CannotRunException.unusable("The mount point " + mountPoint + " cannot be made: " + e);
    }
    return new PowerCutDisk(mountPoint, new SimulatedDisk(folder, Clock.systemUTC(), seed));
  }

  private Fuse mounted() throws CannotRunException {
    FuseBuilder builder = Fuse.builder();
    library().ifPresent(path -> builder.setLibraryPath(path.toString()));
    Fuse made = builder.build(new DiskOperations(disk, builder.errno()));
    try {
      made.mount("power-cut", mountPoint, "-s", "-ofsname=power-cut");
      return made;
    } catch (FuseMountFailedException e) {
      throw CannotRunException.unusable("The disk cannot be mounted at " + mountPoint + ": " + e);
    }
  }

  /** The mount point. */
  public Path path() {
    return mountPoint;
  }

  /**
   * Cuts the power. From now on every operation returns EIO; end the programs that use the disk,
   * then {@link #restore} it.
   */
  public void cut(Survival survival) {
    disk.cut(survival);
  }

  /**
   * Restores the power: the data that survived is there, and the kernel's caches are gone.
   *
   * @throws CannotRunException when the disk cannot be mounted again
   */
  public void restore() throws CannotRunException {
    unmount();
    disk.power();
    fuse = mounted();
  }

  /** Makes one in {@code oneIn} reads, writes and syncs fail with EIO; 0 for none. */
  public void errors(int oneIn) {
    disk.errors(oneIn);
  }

  /** How many operations failed because of {@link #errors}. */
  public long errorsMade() {
    return disk.errorsMade();
  }

  /** Sets how many bytes all files together may still grow by; beyond that the disk is full. */
  public void room(long bytes) {
    disk.room(bytes);
  }

  /** How often a file was synced since the disk was made. */
  public long syncs() {
    return disk.syncs();
  }

  private void unmount() {
    try {
      fuse.close();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Something still uses the disk at " + mountPoint, e);
    }
  }

  /** Unmounts the disk in good order and leaves all data in the folder. */
  @Override
  public void close() {
    unmount();
    disk.close();
  }
}
