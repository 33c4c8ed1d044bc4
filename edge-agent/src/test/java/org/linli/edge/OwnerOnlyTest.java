package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.sqlite.SqliteOutbox;

/** What a whole gateway leaves on its disk after a little of everything. */
class OwnerOnlyTest {

  @TempDir private Path folder;

  @Test
  void everythingIsForTheGatewaysOwnUserOnly() throws Exception {
    Path data = folder.resolve("var/agent");
    try (RunningGateway gateway = start(data)) {
      work(gateway);
      assertThat(forOthers(folder.resolve("var"))).isEmpty();
    }
    try (RunningGateway gateway = start(data)) {
      work(gateway);
      assertThat(forOthers(folder.resolve("var"))).isEmpty();
    }
    assertThat(forOthers(folder.resolve("var"))).isEmpty();
  }

  /** So that a folder of before is told from one that holds other things too. */
  @Test
  void everythingHasANameThatTheFolderIsKnownBy() throws Exception {
    Path data = folder.resolve("agent");
    Set<String> unknown = new TreeSet<>();
    try (RunningGateway gateway = start(data)) {
      work(gateway);
      unknown.addAll(unknown(data));
    }
    unknown.addAll(unknown(data));
    assertThat(unknown).isEmpty();
  }

  private static RunningGateway start(Path data) {
    return RunningGateway.start(data, "--linli.mappings=../docs/examples/mappings");
  }

  private static void work(RunningGateway gateway) throws Exception {
    gateway.pictures().keep(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1});
    post(gateway, "{\"type\":\"door.opened\"}");
    post(gateway, "no event");
  }

  private static void post(RunningGateway gateway, String body) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(gateway.http("/linli/access/door-1"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.discarding());
    }
  }

  private static List<String> unknown(Path data) throws IOException {
    try (Stream<Path> all = Files.list(data)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !SqliteOutbox.OWNER.makes(name))
          .toList();
    }
  }

  private static List<String> forOthers(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.map(OwnerOnlyTest::described).filter(each -> each.length() > 0).sorted().toList();
    }
  }

  /** Empty where only the owner may do anything. */
  private static String described(Path path) {
    try {
      String wanted = Files.isDirectory(path) ? "rwx------" : "rw-------";
      String actual =
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
      return actual.equals(wanted) ? "" : path + " " + actual;
    } catch (IOException gone) {
      return "";
    }
  }
}
