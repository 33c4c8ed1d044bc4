package org.linli.hub.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.records.TestRecords;
import tools.jackson.databind.JsonNode;

/** A whole hub whose embedded history was lost has it again. */
class RebuiltHistoryTest {

  private static final int EVENTS = 20;

  @TempDir private Path folder;
  private Path data;
  private Path boot;

  @BeforeEach
  void boots() throws IOException {
    data = folder.resolve("hub");
    boot = folder.resolve("boot");
    Files.writeString(boot, "first");
  }

  private RunningHub start(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--linli.boot-id=" + boot);
    return RunningHub.start(data, all.toArray(String[]::new));
  }

  private void storeSome() {
    try (RunningHub hub = start()) {
      for (int i = 0; i < EVENTS; i++) {
        hub.gateway().reports("door-1", Kind.ACCESS, "door.opened");
      }
      awaitAllFound(hub);
    }
    assertThat(data.resolve("questdb")).isDirectory();
  }

  private static int found(RunningHub hub) {
    return hub.json("/api/v1/events?device=door-1&limit=1000").get("items").size();
  }

  private static void awaitAllFound(RunningHub hub) {
    await().until(() -> found(hub) == EVENTS);
    await()
        .until(
            () -> {
              JsonNode behind = hub.json("/api/v1/history");
              return behind.get("waiting").asLong() == 0 && behind.get("rebuilding").asLong() == 0;
            });
  }

  /** As the power does when it goes while the hub runs. */
  private void cutPower() throws IOException {
    try (TestRecords records = new TestRecords(data)) {
      records.client().sql("UPDATE power SET settled = 0").update();
    }
    Files.writeString(boot, "second");
    tear();
  }

  private void tear() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("questdb"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.write(file, new byte[(int) Files.size(file)]);
      }
    }
  }

  @Test
  void afterAPowerCutEverythingIsFoundAgain() throws IOException {
    storeSome();
    cutPower();
    try (RunningHub hub = start()) {
      awaitAllFound(hub);
      await().until(() -> hub.json("/api/v1/history").get("rebuilding").asLong() == 0);
    }
    assertThat(data.resolve("questdb.aside")).as("nothing is removed by itself").isDirectory();
    try (RunningHub hub = start("--linli.history.remove-aside=confirm")) {
      awaitAllFound(hub);
      assertThat(data.resolve("questdb.aside")).doesNotExist();
    }
  }

  @Test
  void keepsTheEarlierFolderWhereTheRecordsDoNotReachBackAsFar() throws IOException {
    Instant began = Instant.now().minusSeconds(1);
    storeSome();
    cutPower();
    try (TestRecords records = new TestRecords(data)) {
      records.client().sql("UPDATE archive SET lacks = 1").update();
    }
    try (RunningHub hub = start()) {
      awaitAllFound(hub);
      assertThat(data.resolve("questdb.aside")).isDirectory();
      assertThat(Instant.parse(hub.json("/api/v1/history").get("wholeFrom").asString()))
          .as("what came before is only there")
          .isBetween(began, Instant.now());
    }
  }

  @Test
  void saysThatNothingWasDroppedWhereNothingWas() {
    storeSome();
    try (RunningHub hub = start("--linli.history.rebuild=true")) {
      awaitAllFound(hub);
      assertThat(hub.json("/api/v1/history").get("wholeFrom").isNull()).isTrue();
    }
  }

  @Test
  void trustsAHistoryThatWasBroughtToDiskInOrder() throws IOException {
    storeSome();
    Files.writeString(boot, "second");
    try (RunningHub hub = start()) {
      assertThat(found(hub)).isEqualTo(EVENTS);
      assertThat(data.resolve("questdb.aside")).doesNotExist();
    }
  }

  @Test
  void isBuiltAnewWhereSomebodyAsksForIt() throws IOException {
    storeSome();
    tear();
    try (RunningHub hub = start("--linli.history.rebuild=true")) {
      awaitAllFound(hub);
    }
  }

  @Test
  void keepsEveryEarlierFolderWhereTheRecordsDoNotReachBackAsFar() throws IOException {
    storeSome();
    cutPower();
    try (TestRecords records = new TestRecords(data)) {
      records.client().sql("UPDATE archive SET lacks = 1").update();
    }
    Files.writeString(data.resolve("questdb").resolve("only-in-the-first"), "x");
    try (RunningHub hub = start()) {
      awaitAllFound(hub);
    }
    Files.writeString(data.resolve("questdb").resolve("only-in-the-second"), "x");
    try (RunningHub hub = start("--linli.history.rebuild=true")) {
      awaitAllFound(hub);
    }

    assertThat(data.resolve("questdb.aside").resolve("only-in-the-first")).exists();
    assertThat(data.resolve("questdb.aside.2").resolve("only-in-the-second")).exists();
    try (RunningHub hub = start("--linli.history.remove-aside=confirm")) {
      assertThat(found(hub)).isEqualTo(EVENTS);
      assertThat(data.resolve("questdb.aside")).doesNotExist();
      assertThat(data.resolve("questdb.aside.2")).doesNotExist();
    }
  }

  @Test
  void removesNothingWithoutTheWord() {
    assertThatThrownBy(() -> start("--linli.history.remove-aside=true"))
        .rootCause()
        .hasMessageContaining("linli.history.remove-aside is 'true': write 'confirm'");
  }
}
