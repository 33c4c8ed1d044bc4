package org.linli.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.hub.records.OfSqlite;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class StartUpTest {

  @TempDir Path data;

  @Test
  void saysOnOneLineThatTheConsolesPortIsInUse(CapturedOutput console) throws IOException {
    try (ServerSocket other = taken()) {
      refusesToStart("--server.port=" + other.getLocalPort());

      assertThat(told(console))
          .isEqualTo(
              "Port %d, which the console and the API need, is used by another program. Stop that program (another hub?), or choose another port with --server.port=…."
                  .formatted(other.getLocalPort()));
    }
  }

  @Test
  void saysOnOneLineThatTheGatewaysPortIsInUse(CapturedOutput console) throws IOException {
    try (ServerSocket other = taken()) {
      refusesToStart("--linli.gateway.port=" + other.getLocalPort());

      assertThat(told(console))
          .contains(String.valueOf(other.getLocalPort()))
          .contains("choose another with --linli.gateway.port=…")
          .contains("LINLI_HUB_URI");
    }
  }

  @Test
  void saysOnOneLineThatTheDataFolderCannotBeWritten(CapturedOutput console) throws IOException {
    Path file = Files.createFile(data.resolve("file"));

    refusesToStart("--linli.data=" + file.resolve("folder"));

    assertThat(told(console))
        .startsWith("The data folder " + file.resolve("folder") + " cannot be made")
        .contains("LINLI_DATA");
  }

  @Test
  void saysOnOneLineThatAnotherHubHasTheDataFolder(CapturedOutput console) {
    try (RunningHub _ = RunningHub.start(data)) {
      refusesToStart();

      assertThat(told(console))
          .isEqualTo(
              "Another hub (process %d) is at work on the data folder %s. Stop that one first, or give this one its own folder with linli.data (LINLI_DATA)."
                  .formatted(ProcessHandle.current().pid(), data));
    }
  }

  @OfSqlite
  @Test
  void closesTheDataFolderOfAnEarlierVersionToOthersAndSaysSoOnOneLine(CapturedOutput console)
      throws IOException {
    RunningHub.start(data).close();
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        data.resolve("hub.db"), PosixFilePermissions.fromString("rw-r--r--"));
    RunningHub.start(data).close();
    RunningHub.start(data).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    assertThat(console.getAll().lines().filter(line -> line.contains("Others could look into")))
        .singleElement()
        .asString()
        .contains("changed=\"2\"");
  }

  @Test
  void saysOnOneLineWhatIsWrongInTheCommunityFile(CapturedOutput console) throws IOException {
    Path file =
        Files.writeString(
            data.resolve("community.yml"),
            """
            community: {id: here, name: {zh: 这里, en: Here}, zone: Asia/Shanghai}
            grids:
              - {id: grid-1, name: {zh: 一, en: One}, housholds: 300}
            """);

    refusesToStart("--linli.community-file=" + file);

    assertThat(told(console)).contains("line 3").contains("housholds").contains("households");
  }

  @Test
  void namesASettingThatCannotBe(CapturedOutput console) {
    refusesToStart("--linli.gateway.in-flight=0");

    assertThat(told(console)).isEqualTo("linli.gateway.in-flight is 0; choose 1 to 65535.");
  }

  @Test
  void saysOnOneLineThatTheHeapDoesNotCarryTheLargestBatch(CapturedOutput console) {
    refusesToStart("--linli.gateway.max-batch=2000MB");

    assertThat(told(console))
        .startsWith("linli.gateway.max-batch is 2097152000 bytes, and this heap of ")
        .endsWith("choose less, or give the hub more memory (LINLI_HEAP).");
  }

  private void refusesToStart(String... settings) {
    assertThatThrownBy(() -> RunningHub.start(data, settings).close())
        .isInstanceOf(RuntimeException.class);
  }

  /** All that it wrote to the standard error stream, which is to be one line. */
  private static String told(CapturedOutput console) {
    assertThat(console.getAll()).doesNotContain("\tat ").doesNotContain("APPLICATION FAILED");
    // QuestDB says this the first time it is opened in a process, whatever it is set to.
    List<String> told =
        console
            .getErr()
            .lines()
            .filter(line -> !line.equals("Log configuration loaded from default internal file."))
            .toList();
    assertThat(told).hasSize(1);
    return told.getFirst();
  }

  private static ServerSocket taken() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }
}
