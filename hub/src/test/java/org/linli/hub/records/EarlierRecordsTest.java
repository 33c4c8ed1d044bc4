package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The records of each earlier version are opened and brought up to date. Each version adds its own
 * {@code hub.db}, small, under the day from which it was used.
 */
class EarlierRecordsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = "hub-2026-11-23.db")
  void opensTheRecordsOfAnEarlierVersionAndKeepsWhatIsInThem(String fixture) throws IOException {
    try (InputStream in = EarlierRecordsTest.class.getResourceAsStream(fixture)) {
      Files.copy(Objects.requireNonNull(in, fixture), folder.resolve("hub.db"));
    }
    try (TestRecords records = new TestRecords(folder)) {
      assertThat(
              records
                  .client()
                  .sql("SELECT title_zh || ' ' || status FROM alert")
                  .query(String.class)
                  .single())
          .isEqualTo("门被强行打开：1号楼大门 open");
      assertThat(
              records
                  .client()
                  .sql("SELECT COUNT(*) FROM alert_timeline")
                  .query(Long.class)
                  .single())
          .isEqualTo(2);
      assertThat(
              records
                  .client()
                  .sql(
                      "SELECT lane || ' ' || sequence || ' ' || taken_before || ' ' || difference"
                          + " FROM watermark ORDER BY lane")
                  .query(String.class)
                  .list())
          .as("what nobody compared yet counts as equal")
          .containsExactly("bulk 3 0 0", "urgent 1 0 0");
      assertThat(
              records
                  .client()
                  .sql("SELECT received - applied - duplicate - dead FROM intake_count")
                  .query(Long.class)
                  .single())
          .isZero();
      assertThat(records.client().sql("PRAGMA integrity_check").query(String.class).single())
          .isEqualTo("ok");
    }
    try (TestRecords again = new TestRecords(folder)) {
      assertThat(again.client().sql("SELECT COUNT(*) FROM device_seen").query(Long.class).single())
          .as("also the second time")
          .isOne();
    }
  }
}
