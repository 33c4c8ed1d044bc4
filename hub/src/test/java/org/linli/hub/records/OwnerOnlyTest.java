package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import org.linli.event.Kind;
import org.linli.hub.RunningHub;

/** What a whole hub leaves on its disk after a little of everything. */
class OwnerOnlyTest {

  @TempDir private Path folder;

  @Test
  void everythingIsForTheHubsOwnUserOnly() throws IOException {
    Path data = folder.resolve("var/hub");
    try (RunningHub hub = RunningHub.start(data)) {
      work(hub);
      assertThat(forOthers(folder.resolve("var"))).isEmpty();
    }
    try (RunningHub hub = RunningHub.start(data, "--linli.history.rebuild=true")) {
      stored(hub);
      assertThat(forOthers(folder.resolve("var"))).isEmpty();
    }
    assertThat(forOthers(folder.resolve("var"))).isEmpty();
  }

  /** So that a folder of before is told from one that holds other things too. */
  @Test
  void everythingHasANameThatTheFolderIsKnownBy() throws IOException {
    Path data = folder.resolve("hub");
    Set<String> unknown = new TreeSet<>();
    try (RunningHub hub = RunningHub.start(data)) {
      work(hub);
      unknown.addAll(unknown(data));
    }
    unknown.addAll(unknown(data));
    assertThat(unknown).isEmpty();
  }

  private static void work(RunningHub hub) {
    hub.signedInVisitor().get("/");
    for (int i = 0; i < 3; i++) {
      hub.gateway().reports("door-1", Kind.ACCESS, "door.forced");
      hub.gateway().reports("door-1", Kind.ACCESS, "door.opened");
    }
    stored(hub);
  }

  private static void stored(RunningHub hub) {
    await()
        .untilAsserted(
            () -> assertThat(hub.json("/api/v1/events?limit=10").get("items").size()).isPositive());
  }

  private static List<String> unknown(Path data) throws IOException {
    try (Stream<Path> all = Files.list(data)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !RecordsConfiguration.OWNER.makes(name))
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
