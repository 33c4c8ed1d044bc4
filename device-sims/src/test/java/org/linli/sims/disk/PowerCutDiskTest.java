package org.linli.sims.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.sims.console.CannotRunException;

/** As the kernel shows it. */
class PowerCutDiskTest {

  @TempDir private Path parent;
  private PowerCutDisk disk;

  @BeforeEach
  void mount() throws CannotRunException {
    FuseHere.assume();
    disk = PowerCutDisk.mount(parent.resolve("folder"), parent.resolve("mounted"), 1);
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  private void cut() throws CannotRunException {
    disk.cut(Survival.NOTHING);
    disk.restore();
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Test
  void keepsWhatWasSyncedAndNothingElse() throws Exception {
    Path kept = disk.path().resolve("kept");
    try (FileChannel channel =
        FileChannel.open(kept, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap("synced".getBytes(StandardCharsets.US_ASCII)));
      channel.force(false);
      sync(disk.path());
      channel.write(ByteBuffer.wrap(" and not".getBytes(StandardCharsets.US_ASCII)));
    }
    Files.writeString(disk.path().resolve("nameless"), "never synced");
    Files.move(kept, disk.path().resolve("renamed"));
    assertThat(disk.path()).isDirectoryContaining("glob:**/renamed");

    cut();

    assertThat(disk.path()).isDirectoryNotContaining("glob:**/{nameless,renamed}");
    assertThat(kept).hasContent("synced");
  }

  /** In a process of its own: a page fault must not wait for the process that answers it. */
  @Test
  void seesMemoryThatWasSynced() throws Exception {
    Path mapped = disk.path().resolve("mapped");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MapsMemory.class.getName(),
                mapped.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    sync(disk.path());

    cut();

    assertThat(mapped).hasContent("synced" + "\0".repeat(MapsMemory.SIZE - 6));
  }

  @Test
  void failsNowAndThenAndIsFullWhenTold() throws IOException {
    Path file = disk.path().resolve("file");
    Path ballast = Files.write(disk.path().resolve("ballast"), new byte[10_000]);
    disk.errors(1);
    assertThatIOException().isThrownBy(() -> Files.write(file, new byte[10]));
    assertThat(disk.errorsMade()).isPositive();
    disk.errors(0);
    disk.room(0);
    assertThatIOException()
        .isThrownBy(() -> Files.write(disk.path().resolve("more"), new byte[10]))
        .withMessageContaining("No space left");
    assertThat(disk.path().toFile().getUsableSpace()).isZero();
    Files.delete(ballast);
    assertThat(disk.path().toFile().getUsableSpace()).isPositive();
  }
}
