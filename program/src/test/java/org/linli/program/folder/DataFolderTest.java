package org.linli.program.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  private static final FolderOwner HUB =
      new FolderOwner("hub", "hub.lock", Set.of("hub", "questdb"));

  @TempDir private Path folder;

  @Test
  void isForItsOwnerFromTheStart() throws IOException {
    Path data = folder.resolve("var/lib/hub");
    try (DataFolder _ = DataFolder.claim(data, HUB)) {
      OwnerOnly.replace(data.resolve("hub.note"), new byte[] {1});
      assertThat(modeOf(folder.resolve("var"))).isEqualTo("rwx------");
      assertThat(modeOf(data)).isEqualTo("rwx------");
      assertThat(modeOf(data.resolve("hub.lock"))).isEqualTo("rw-------");
      assertThat(modeOf(data.resolve("hub.note"))).isEqualTo("rw-------");
      assertThat(data.resolve("hub.note.new")).doesNotExist();
    }
  }

  @Test
  void ofAnEarlierVersionIsClosedToOthersWithWhatIsInIt() throws IOException {
    Path data = open(Files.createDirectory(folder.resolve("hub")), "rwxr-xr-x");
    Path database = file(data.resolve("hub.db"), "rw-r--r--");
    Path log = file(data.resolve("hub.db-wal"), "rw-rw-r--");
    Path history = open(Files.createDirectories(data.resolve("questdb/events")), "rwxrwxr-x");
    open(data.resolve("questdb"), "rwxr-xr-x");
    Path column = file(history.resolve("id.d"), "rw-r--r--");

    DataFolder.claim(data, HUB).close();

    assertThat(modeOf(data)).isEqualTo("rwx------");
    assertThat(modeOf(database)).isEqualTo("rw-------");
    assertThat(modeOf(log)).isEqualTo("rw-------");
    assertThat(modeOf(history)).isEqualTo("rwx------");
    assertThat(modeOf(data.resolve("questdb"))).isEqualTo("rwx------");
    assertThat(modeOf(column)).isEqualTo("rw-------");
  }

  @Test
  void thatHoldsOtherThingsStaysAsItIsButForWhatIsOurs() throws IOException {
    Path shared = open(Files.createDirectory(folder.resolve("lib")), "rwxr-xr-x");
    Path ours = file(shared.resolve("hub.db"), "rw-r--r--");
    Path theirs = file(shared.resolve("songs.db"), "rw-r--r--");
    Path theirFolder = open(Files.createDirectory(shared.resolve("hubble")), "rwxr-xr-x");

    DataFolder.claim(shared, HUB).close();

    assertThat(modeOf(shared)).isEqualTo("rwxr-xr-x");
    assertThat(modeOf(theirs)).isEqualTo("rw-r--r--");
    assertThat(modeOf(theirFolder)).isEqualTo("rwxr-xr-x");
    assertThat(modeOf(ours)).isEqualTo("rw-------");
  }

  /** The history may lie on another disk. */
  @Test
  void leavesAloneWhatALinkLeadsTo() throws IOException {
    Path elsewhere = open(Files.createDirectory(folder.resolve("elsewhere")), "rwxr-xr-x");
    Path data = open(Files.createDirectory(folder.resolve("hub")), "rwxr-xr-x");
    Files.createSymbolicLink(data.resolve("questdb"), elsewhere);

    DataFolder.claim(data, HUB).close();

    assertThat(modeOf(data)).isEqualTo("rwx------");
    assertThat(modeOf(elsewhere)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void mayItselfBeALink() throws IOException {
    Path data = open(Files.createDirectory(folder.resolve("disk")), "rwxr-xr-x");
    Path link = Files.createSymbolicLink(folder.resolve("hub"), data);

    DataFolder.claim(link, HUB).close();

    assertThat(modeOf(data)).isEqualTo("rwx------");
  }

  @Test
  void isMadeOnNoNetworkFileSystem() {
    Path there = folder.resolve("there");
    assertThatExceptionOfType(DataFolderRefusedException.class)
        .isThrownBy(() -> DataFolder.claim(there, HUB, path -> Optional.of("nfs4")).close())
        .withMessage(
            "The data folder "
                + there
                + " lies on a network file system (nfs4), where neither locks nor what is on disk"
                + " can be relied on.")
        .satisfies(refused -> assertThat(refused.action()).contains("LINLI_DATA"));
    assertThat(there).doesNotExist();
  }

  @Test
  void isLeftAsItIsWhileAnotherProgramHasIt() throws IOException {
    try (DataFolder _ = DataFolder.claim(folder, HUB)) {
      open(folder, "rwxr-xr-x");
      assertThatExceptionOfType(DataFolderRefusedException.class)
          .isThrownBy(() -> DataFolder.claim(folder, HUB).close())
          .withMessage(
              "Another hub (process %d) is at work on the data folder %s.",
              ProcessHandle.current().pid(), folder);
      assertThat(modeOf(folder)).isEqualTo("rwxr-xr-x");
    }
    DataFolder.claim(folder, HUB).close();
  }

  @Test
  void openFilesAreTakenAsTheyAre() throws IOException {
    Path kept = file(folder.resolve("hub.db"), "rw-r-----");
    OwnerOnly.create(kept);
    assertThat(modeOf(kept)).isEqualTo("rw-r-----");
    try (FileChannel opened =
        OwnerOnly.open(
            folder.resolve("new"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(opened.size()).isZero();
      assertThat(modeOf(folder.resolve("new"))).isEqualTo("rw-------");
    }
  }

  private static Path file(Path file, String mode) throws IOException {
    return open(Files.writeString(file, "something"), mode);
  }

  private static Path open(Path path, String mode) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
