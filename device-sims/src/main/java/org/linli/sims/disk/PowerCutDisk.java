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
 * A folder as a disk whose power can be cut, by FUSE: what a program wrote there and did not fsync,
 * names included, is gone afterwards. It can also answer EIO now and then, or be full.
 *
 * <pre>
 *   program ─▶ kernel ─▶ mount point ─▶ SimulatedDisk ─▶ folder.stored
 *                page cache, mmap        what was not synced
 * </pre>
 *
 * <p>What a program maps into memory lies in the kernel until msync(2) or the kernel itself writes
 * it, and reaches this as writes then; msync with MS_SYNC and fdatasync(2) show as fsync. So what
 * was never written back counts as lost, which is what a power cut would do to it.
 * sync_file_range(2) and sync(2) are not seen and save nothing.
 *
 * <p>Programs on it must run in other processes: a page fault that waits for this one would wait
 * for itself. For Linux as root, with libfuse3.
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

  /** Why it cannot be had here, as a sentence; empty where it can. */
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
   * @param folder what is on the disk at first and after {@link #close}; empty meanwhile
   * @param mountPoint where programs see the disk; made where it is missing
   * @param seed of what survives, and of what fails
   * @throws CannotRunException where it cannot be mounted, with what to do
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

  /** Where programs keep what may be lost. */
  public Path path() {
    return mountPoint;
  }

  /**
   * The power goes. Everything answers EIO from now on; end the programs that use the disk, then
   * {@link #restore} it.
   */
  public void cut(Survival survival) {
    disk.cut(survival);
  }

  /**
   * The power is back: what survived is there, and nothing that the kernel remembered.
   *
   * @throws CannotRunException where it cannot be mounted again
   */
  public void restore() throws CannotRunException {
    unmount();
    disk.power();
    fuse = mounted();
  }

  /** Lets one in so many reads, writes and syncs fail with EIO; with 0 none does. */
  public void errors(int oneIn) {
    disk.errors(oneIn);
  }

  /** How many operations failed because of {@link #errors}. */
  public long errorsMade() {
    return disk.errorsMade();
  }

  /** How many bytes files may still grow by, all together; beyond that the disk is full. */
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

  /** Unmounts it in order and leaves everything in the folder. */
  @Override
  public void close() {
    unmount();
    disk.close();
  }
}
