package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerRecordTest {

  @TempDir private Path folder;
  private Path boot;
  private TestRecords records;

  @BeforeEach
  void open() throws IOException {
    boot = folder.resolve("boot");
    boots("first");
    records = new TestRecords(folder.resolve("data"));
  }

  @AfterEach
  void close() {
    records.close();
  }

  private void boots(String id) throws IOException {
    Files.writeString(boot, id + "\n");
  }

  private PowerRecord run() {
    return new PowerRecord(
        records.client(),
        new RecordsSettings(
            folder,
            null,
            null,
            null,
            null,
            Duration.ofSeconds(1),
            boot,
            new RecordsSettings.AtStart(null)));
  }

  @Test
  void knowsNothingOfTheFirstRun() {
    assertThat(run().mayHaveGone()).isFalse();
  }

  @Test
  void doesNotMindThatTheProcessWasKilled() {
    run().running();
    assertThat(run().mayHaveGone()).isFalse();
  }

  @Test
  void suspectsABootThatTheLastRunDidNotSee() throws IOException {
    run().running();
    boots("second");
    assertThat(run().mayHaveGone()).isTrue();
    run().running();
    assertThat(run().mayHaveGone()).isFalse();
  }

  @Test
  void trustsWhatWasSettledBefore() throws IOException {
    run().running();
    run().settled();
    boots("second");
    assertThat(run().mayHaveGone()).isFalse();
  }

  @Test
  void suspectsEachEndThatWasNotInOrderWhereBootsHaveNoId() throws IOException {
    Files.delete(boot);
    run().running();
    assertThat(run().mayHaveGone()).isTrue();
    run().settled();
    assertThat(run().mayHaveGone()).isFalse();
  }
}
