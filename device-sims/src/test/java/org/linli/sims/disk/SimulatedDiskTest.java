package org.linli.sims.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.sims.disk.DiskException.Reason;

class SimulatedDiskTest {

  private static final int PAGE = FileContent.PAGE;

  @TempDir private Path parent;
  private Path folder;
  private SimulatedDisk disk;

  @BeforeEach
  void open() {
    folder = parent.resolve("disk");
    disk = with(1);
  }

  private SimulatedDisk with(long seed) {
    return new SimulatedDisk(folder, InstantSource.fixed(Instant.EPOCH), seed);
  }

  private void write(String path, String text, long at) {
    disk.write(path, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), at);
  }

  private String read(String path) {
    ByteBuffer into = ByteBuffer.allocate(10 * PAGE);
    disk.read(path, into, 0);
    return new String(into.array(), 0, into.position(), StandardCharsets.US_ASCII);
  }

  private void cut(Survival survival) {
    disk.cut(survival);
    disk.power();
  }

  @Test
  void forgetsWhatWasNotSynced() {
    disk.create("/a", 0644);
    disk.syncDirectory("/");
    write("/a", "kept", 0);
    disk.sync("/a");
    write("/a", "lost", 0);
    write("/a", "and more", 3 * PAGE);
    assertThat(disk.survives("/a")).isFalse();

    cut(Survival.NOTHING);

    assertThat(read("/a")).isEqualTo("kept");
    assertThat(disk.survives("/a")).isTrue();
  }

  @Test
  void forgetsNamesWhoseDirectoryWasNotSynced() {
    disk.makeDirectory("/d", 0755);
    disk.create("/d/old", 0644);
    disk.create("/d/gone", 0644);
    write("/d/old", "old", 0);
    disk.sync("/d/old");
    disk.syncDirectory("/d");
    disk.syncDirectory("/");
    disk.create("/d/new", 0644);
    write("/d/new", "synced, and yet without a name", 0);
    disk.sync("/d/new");
    disk.rename("/d/old", "/d/renamed", true);
    disk.unlink("/d/gone");

    cut(Survival.NOTHING);

    assertThat(disk.list("/d")).containsExactly("gone", "old");
    assertThat(read("/d/old")).isEqualTo("old");
  }

  @Test
  void readsZerosWhereAFileWasCutOffAndGrewAgain() {
    disk.create("/a", 0644);
    disk.syncDirectory("/");
    write("/a", "0123456789", 0);
    disk.sync("/a");
    disk.truncate("/a", 4);
    disk.truncate("/a", 8);
    assertThat(read("/a")).isEqualTo("0123\0\0\0\0");
    write("/a", "z", 9);
    assertThat(read("/a")).isEqualTo("0123\0\0\0\0\0z");

    cut(Survival.NOTHING);
    assertThat(read("/a")).isEqualTo("0123456789");

    disk.truncate("/a", 4);
    disk.truncate("/a", 2 * PAGE);
    disk.sync("/a");
    cut(Survival.NOTHING);
    assertThat(read("/a")).isEqualTo("0123" + "\0".repeat(2 * PAGE - 4));
  }

  @Test
  void aSyncThatFailedIsNotMadeUpForByTheNext() {
    disk.create("/a", 0644);
    disk.syncDirectory("/");
    write("/a", "first", 0);
    disk.errors(1);
    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> disk.sync("/a"))
        .returns(Reason.INPUT_OUTPUT, DiskException::reason);
    disk.errors(0);
    disk.sync("/a");
    assertThat(read("/a")).isEqualTo("first");

    cut(Survival.NOTHING);
    assertThat(read("/a")).isNotEqualTo("first");
  }

  @Test
  void leavesPartsOfUnsyncedPagesOnlyAndNeverHarmsSyncedOnes() {
    String before = "s".repeat(2 * PAGE);
    Set<String> after = new HashSet<>();
    for (int cuts = 0; cuts < 60; cuts++) {
      if (cuts == 0) {
        disk.create("/a", 0644);
        disk.syncDirectory("/");
      }
      disk.truncate("/a", 0);
      write("/a", before, 0);
      disk.sync("/a");
      write("/a", "u".repeat(100), 2 * PAGE - 50);
      write("/a", "u".repeat(PAGE), 3 * PAGE);
      cut(Survival.TORN_AND_FLIPPED);

      String found = read("/a");
      assertThat(found.substring(0, 2 * PAGE - 50)).isEqualTo(before.substring(50));
      after.add(found);
    }
    assertThat(after).as("whole, torn, flipped, gone").hasSizeGreaterThan(10);
    assertThat(after).anyMatch(found -> found.length() > 3 * PAGE && found.length() < 4 * PAGE);
    assertThat(after)
        .anyMatch(found -> found.chars().filter(c -> "su\0".indexOf(c) < 0).findAny().isPresent());
  }

  @Test
  void doesTheSameAgainWithTheSameSeed() throws IOException {
    Set<String> found = new HashSet<>();
    for (long seed : new long[] {7, 7, 8}) {
      folder = Files.createTempDirectory(parent, "seeded");
      disk = with(seed);
      disk.create("/a", 0644);
      disk.syncDirectory("/");
      write("/a", "u".repeat(9 * PAGE), 0);
      cut(Survival.TORN);
      found.add(Arrays.toString(read("/a").getBytes(StandardCharsets.US_ASCII)));
    }
    assertThat(found).hasSize(2);
  }

  @Test
  void isFullWhenFilesMayGrowNoMoreAndHasRoomAgainWhenOneIsDeleted() {
    disk.create("/a", 0644);
    disk.create("/b", 0644);
    disk.room(10);
    write("/a", "123456", 0);
    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> write("/b", "12345", 0))
        .returns(Reason.NO_SPACE, DiskException::reason);
    write("/a", "654321", 0);
    disk.unlink("/a");
    write("/b", "12345", 0);
    assertThat(disk.room()).isEqualTo(5);
    disk.room(Long.MAX_VALUE);
    disk.unlink("/b");
    assertThat(disk.room()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void answersNothingWithoutPower() {
    disk.create("/a", 0644);
    disk.cut(Survival.NOTHING);
    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> disk.find("/"))
        .returns(Reason.INPUT_OUTPUT, DiskException::reason);
  }

  @Test
  void beginsWithAFolderAndLeavesEverythingInIt() throws IOException {
    disk.close();
    Files.createDirectories(folder.resolve("inside"));
    Files.writeString(folder.resolve("inside").resolve("a"), "before");
    disk = with(1);
    assertThat(read("/inside/a")).isEqualTo("before");
    write("/inside/a", "after!", 0);
    disk.create("/b", 0644);
    disk.close();

    assertThat(folder.resolve("inside").resolve("a")).hasContent("after!");
    assertThat(folder.resolve("b")).isEmptyFile();
  }
}
