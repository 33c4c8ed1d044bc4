package org.linli.hub.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.records.OfSqlite;
import org.linli.hub.records.TestDatabase;
import org.linli.hub.records.TestRecords;
import org.linli.program.folder.SmallDisk;

/**
 * {@code hub.jar backup} and {@code hub.jar restore}: what was saved is there again, or nothing.
 */
@Timeout(120)
class BackupCommandTest {

  private static final Map<String, String> ENGLISH = Map.of("LANG", "C");
  private static final Random RANDOM = new Random(5);

  @TempDir Path parent;

  private final Commands commands = new Commands();
  private Path folder;
  private Path file;

  @BeforeEach
  void names() {
    folder = parent.resolve("hub");
    file = parent.resolve("hub.backup");
  }

  private int run(String... arguments) {
    return commands.run(folder, ENGLISH, arguments);
  }

  private int backup() {
    return run("backup", file.toString());
  }

  private int restore() {
    return run("restore", file.toString());
  }

  private void add(TestRecords records, long id, int bytes) {
    byte[] payload = new byte[bytes];
    RANDOM.nextBytes(payload);
    records
        .jdbc()
        .update(
            "INSERT INTO journal (id, received_at, events, repeats, late, payload)"
                + " VALUES (?, 1760000000000, 1, ?, ?, ?)",
            id,
            new byte[0],
            new byte[0],
            payload);
    records.jdbc().update("UPDATE journal_position SET last_id = ?", id);
  }

  private Map<String, List<String>> rows() {
    try (TestRecords records = new TestRecords(folder)) {
      return AllRows.of(records);
    }
  }

  /** As after the loss of a machine. */
  private void loseEverything() throws IOException {
    TestDatabase.empty(folder);
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path :
          all.filter(each -> !each.equals(folder)).sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void saved(int batches, int bytes) {
    try (TestRecords records = new TestRecords(folder)) {
      for (long id = 1; id <= batches; id++) {
        add(records, id, bytes);
      }
      records.jdbc().update("UPDATE archive SET carried = 1, kept_bytes = ?", bytes);
    }
    assertThat(backup()).as(() -> commands.printed()).isZero();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void restoresWhatWasSavedWhileAHubRan() throws Exception {
    try (RunningHub hub = RunningHub.start(folder)) {
      hub.gateway().reports("door-1", Kind.ACCESS, "door.forced");
      await()
          .untilAsserted(
              () ->
                  assertThat(hub.json("/api/v1/events?device=door-1").at("/items").size())
                      .isPositive());
      assertThat(backup()).as(() -> commands.printed()).isZero();
      hub.gateway().reports("door-1", Kind.ACCESS, "door.closed");
    }
    assertThat(commands.out().getFirst())
        .matches("The records in .+ are saved in .+ \\(\\d+ bytes unpacked\\)\\.");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(files()).containsExactly("hub", "hub.backup");

    loseEverything();
    assertThat(restore()).as(() -> commands.printed()).isZero();
    assertThat(commands.out())
        .satisfiesExactly(
            line -> assertThat(line).matches("The records in .+ are those of 20.+Z\\."),
            line -> assertThat(line).matches("The records in .+ are whole\\."));
    assertThat(folder.resolve("hub.db.restoring")).doesNotExist();
    try (RunningHub hub = RunningHub.start(folder)) {
      assertThat(hub.json("/api/v1/alerts").at("/items/0/type").asString())
          .isEqualTo("door.forced");
      await("the history is built anew from the archive")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(
                          hub.json("/api/v1/events?device=door-1").at("/items/0/type").asString())
                      .isEqualTo("door.forced"));
    }
  }

  @Test
  void restoresEveryRowAsItWas() throws IOException {
    saved(3, 100);
    Map<String, List<String>> then = rows();
    loseEverything();
    assertThat(restore()).as(() -> commands.printed()).isZero();
    assertThat(rows()).isEqualTo(then).containsKey("journal");
    try (TestRecords records = new TestRecords(folder)) {
      assertThat(records.jdbc().queryForMap("SELECT again_next, again_last FROM archive").values())
          .as("the history is to be given again what it had")
          .extracting(value -> ((Number) value).longValue())
          .containsExactly(1L, 1L);
    }
  }

  @Test
  void savesWhatIsCommittedBesideAWriterThatIsFrozenInATransaction() throws IOException {
    try (TestRecords records = new TestRecords(folder)) {
      add(records, 1, 10);
      records
          .transactions()
          .executeWithoutResult(
              _ -> {
                add(records, 2, 10);
                assertThat(backup()).as(() -> commands.printed()).isZero();
              });
    }
    loseEverything();
    assertThat(restore()).as(() -> commands.printed()).isZero();
    assertThat(rows().get("journal")).hasSize(1);
  }

  @Test
  void replacesNoFile() throws IOException {
    saved(1, 10);
    byte[] before = Files.readAllBytes(file);
    assertThat(backup()).isEqualTo(ExitCode.REFUSED);
    assertThat(commands.err())
        .containsExactly(file + " exists. Choose another name; a backup replaces nothing.");
    assertThat(file).hasBinaryContent(before);
    assertThat(files()).containsExactly("hub", "hub.backup");
  }

  @Test
  void leavesNothingOnAFullDisk() throws Exception {
    saved(8, 500_000);
    try (SmallDisk small = SmallDisk.in(parent, 2)) {
      file = small.path().resolve("hub.backup");
      assertThat(backup()).isEqualTo(ExitCode.REFUSED);
      assertThat(commands.err().getFirst())
          .matches("The disk of .+ is full\\. Nothing was left there; .+");
      assertThat(small.path()).isEmptyDirectory();
    }
  }

  @Test
  void saysWhereItCannotWrite() {
    saved(1, 10);
    file = parent.resolve("none").resolve("hub.backup");
    assertThat(commands.run(folder, Map.of("LANG", "zh_CN.UTF-8"), "backup", file.toString()))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(commands.err().getFirst()).startsWith("无法写入 ");
  }

  @Test
  void restoresNothingOverRecords() {
    saved(2, 10);
    Map<String, List<String>> then = rows();
    assertThat(restore()).isEqualTo(ExitCode.REFUSED);
    assertThat(commands.err().getFirst()).startsWith("There are records in ");
    assertThat(rows()).isEqualTo(then);
  }

  @Test
  void restoresNothingUnderARunningHub() {
    saved(1, 10);
    try (TestRecords _ = new TestRecords(folder)) {
      assertThat(restore()).isEqualTo(ExitCode.REFUSED);
      assertThat(commands.err().getFirst()).startsWith("Another hub (process ");
    }
  }

  private void refuses(String sentence) throws IOException {
    loseEverything();
    assertThat(restore()).isEqualTo(ExitCode.REFUSED);
    assertThat(commands.err().getFirst()).as(() -> commands.printed()).contains(sentence);
    assertThat(folder.resolve("hub.db")).doesNotExist();
    assertThat(folder.resolve("hub.db.restoring")).doesNotExist();
  }

  @Test
  void refusesATornBackup() throws IOException {
    saved(2, 1_000);
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() * 2 / 3);
    }
    refuses("is no whole backup: it was cut off or changed.");
  }

  @Test
  void refusesABackupInWhichABitIsTurned() throws IOException {
    saved(2, 100_000);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    refuses("is no whole backup:");
  }

  /** Writes the backup anew with another manifest. */
  private void claims(UnaryOperator<String> change) throws IOException {
    Path changed = file.resolveSibling(file.getFileName() + "-changed");
    try (ZipFile from = new ZipFile(file.toFile());
        OutputStream out = Files.newOutputStream(changed);
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipEntry entry : from.stream().toList()) {
        byte[] content = from.getInputStream(entry).readAllBytes();
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(
            entry.getName().equals("manifest.json")
                ? change
                    .apply(new String(content, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)
                : content);
      }
    }
    file = changed;
  }

  @Test
  void refusesABackupWhoseContentIsNotWhatWasWritten() throws IOException {
    saved(1, 10);
    claims(manifest -> manifest.replaceAll("\"sha256\":\"..", "\"sha256\":\"zz"));
    refuses("in it is not as it was written.");
  }

  @Test
  void refusesABackupOfANewerVersion() throws IOException {
    saved(1, 10);
    claims(manifest -> manifest.replaceAll("\"step\":\"\\d+\"", "\"step\":\"999\""));
    refuses("was written by a newer version: Linli");
    claims(manifest -> manifest.replace("\"format\":1", "\"format\":2,\"later\":{}"));
    refuses("was written by a newer version: Linli");
  }

  @Test
  void refusesWhatIsNoBackup() throws IOException {
    saved(1, 10);
    Files.writeString(file, "a text");
    refuses("is no whole backup: it was cut off or changed.");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("hub.db"));
    }
    refuses("is not a backup of a Linli hub.");
    Files.delete(file);
    refuses("There is no file ");
  }

  @Test
  @OfSqlite
  void leavesNothingOfARestoreOntoAFullDisk() throws Exception {
    saved(8, 500_000);
    try (SmallDisk small = SmallDisk.in(parent, 2)) {
      folder = small.path().resolve("hub");
      assertThat(restore()).isEqualTo(ExitCode.REFUSED);
      assertThat(commands.err().getFirst()).matches("The disk of .+ is full\\. .+");
      assertThat(folder.resolve("hub.db")).doesNotExist();
      assertThat(folder.resolve("hub.db.restoring")).doesNotExist();
    }
  }

  @Test
  void aRestoreThatIsKilledLeavesNothingThatAHubStartsOn() throws Exception {
    saved(60, 1_000_000);
    Map<String, List<String>> then = rows();
    loseEverything();
    Path restoring = folder.resolve("hub.db.restoring");
    try (ChildCommand child =
        ChildCommand.start(Commands.variables(folder), "restore", file.toString())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> Files.exists(restoring) || !child.isAlive());
      child.kill();
    }
    assertThat(restoring).exists();
    assertThat(folder.resolve("hub.db")).doesNotExist();
    assertThatThrownBy(() -> RunningHub.start(folder))
        .rootCause()
        .hasMessageContaining("restoring them was cut off");
    await("the server has given up what was not committed")
        .untilAsserted(() -> assertThat(restore()).as(() -> commands.printed()).isZero());
    assertThat(rows()).isEqualTo(then);
  }

  @Test
  void aBackupThatIsKilledLeavesNoFileAndTheNextOneIsWhole() throws Exception {
    saved(60, 1_000_000);
    Files.delete(file);
    Path part = parent.resolve("hub.backup.part");
    try (ChildCommand child =
        ChildCommand.start(Commands.variables(folder), "backup", file.toString())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> Files.exists(part) || !child.isAlive());
      child.kill();
    }
    assertThat(file).doesNotExist();
    assertThat(backup()).as(() -> commands.printed()).isZero();
    assertThat(files()).containsExactly("hub", "hub.backup");
    loseEverything();
    assertThat(restore()).as(() -> commands.printed()).isZero();
  }
}
