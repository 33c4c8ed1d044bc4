package org.linli.program.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory, of a size that a test can fill; only root may mount it. */
public final class SmallDisk implements AutoCloseable {

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /**
   * Mounts it as a new folder. Where that is not allowed the test is skipped; not so where {@code
   * LINLI_REQUIRE_CONTAINERS} asks for every part.
   */
  public static SmallDisk in(Path folder, int megabytes) throws IOException, InterruptedException {
    Path path = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path);
    assumeTrue(
        mounted || "true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS")),
        "only root may mount a small file system, and LINLI_REQUIRE_CONTAINERS does not ask for"
            + " it");
    assertThat(mounted).as("mounts a small file system").isTrue();
    return new SmallDisk(path);
  }

  public Path path() {
    return path;
  }

  public void resize(int megabytes) throws IOException, InterruptedException {
    assertThat(run("mount", "-o", "remount,size=" + megabytes + "m", path)).isTrue();
  }

  /** Writes a file until nothing more fits. */
  public void fillUp(Path ballast) throws IOException, InterruptedException {
    assertThat(run("dd", "if=/dev/zero", "of=" + ballast, "bs=4k", "status=none")).isFalse();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    assertThat(run("umount", path)).isTrue();
  }

  private static boolean run(Object... command) throws IOException, InterruptedException {
    String[] words = new String[command.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = command[i].toString();
    }
    return new ProcessBuilder(words).inheritIO().start().waitFor() == 0;
  }
}
