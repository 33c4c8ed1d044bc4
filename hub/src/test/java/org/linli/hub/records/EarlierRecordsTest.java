package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The records of each earlier version are opened and brought up to date. Each version adds its own
 * {@code hub.db}, small, under the day from which it was used; {@link FixtureMaker} makes it.
 */
@OfSqlite
class EarlierRecordsTest {

  private static final String ARCHIVE = "hub-2026-11-26-archive.db";
  private static final String ACTORS = "hub-2026-11-29.db";
  private static final String CHANGES = "hub-2026-11-29-changes.db";
  private static final String NEWEST = "hub-2026-12-01.db";

  @TempDir Path folder;

  private void unpack(String fixture) throws IOException {
    try (InputStream in = EarlierRecordsTest.class.getResourceAsStream(fixture)) {
      Files.copy(Objects.requireNonNull(in, fixture), folder.resolve("hub.db"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub-2026-11-26.db", ARCHIVE})
  void keepsWhatWasAdopted(String fixture) throws IOException {
    unpack(fixture);
    try (TestRecords records = new TestRecords(folder)) {
      assertThat(
              records
                  .client()
                  .sql(
                      "SELECT device || ' ' || profile || ' ' || address || ' ' || generation"
                          + " FROM device_equipment")
                  .query(String.class)
                  .single())
          .isEqualTo("cellar:leak zigbee2mqtt cellar/leak 1");
      assertThat(
              records
                  .client()
                  .sql("SELECT COUNT(*) FROM adopted_device")
                  .query(Long.class)
                  .single())
          .isOne();
      assertThat(records.client().sql("SELECT title_zh FROM alert").query(String.class).list())
          .containsExactlyInAnyOrder("门被强行打开：1号楼大门", "烟雾报警：kitchen:smoke");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub-2026-11-23.db", "hub-2026-11-26.db", ARCHIVE})
  void knowsThatWhatWasStoredBeforeThereWasAnArchiveIsNotInIt(String fixture) throws IOException {
    unpack(fixture);
    try (TestRecords records = new TestRecords(folder)) {
      assertThat(records.client().sql("SELECT lacks FROM archive").query(Integer.class).single())
          .isOne();
    }
  }

  @Test
  void keepsWhoDidWhat() throws IOException {
    unpack(ACTORS);
    try (TestRecords records = new TestRecords(folder)) {
      String account =
          "account:" + records.client().sql("SELECT id FROM administrator").query().singleValue();
      assertThat(
              records
                  .client()
                  .sql(
                      "SELECT what || ' ' || done_by || COALESCE(' ' || done_through, '')"
                          + " || COALESCE(' ' || whom, '') FROM alert_timeline"
                          + " JOIN alert ON alert.id = alert_timeline.alert"
                          + " WHERE device = 'door-1' ORDER BY position")
                  .query(String.class)
                  .list())
          .containsExactly(
              "opened device:door-1",
              "assigned hub:system person:wang",
              "acknowledged " + account,
              "commented person:wang program:api-token");
      assertThat(
              records
                  .client()
                  .sql("SELECT made_by || ' ' || made_through FROM registry_change")
                  .query(String.class)
                  .list())
          .containsExactly("person:zhou program:api-token");
      assertThat(records.client().sql("SELECT lacks FROM archive").query(Integer.class).single())
          .isZero();
    }
  }

  @Test
  void goesOnNumberingBatchesWhereAnEarlierVersionEnded() throws IOException {
    unpack(CHANGES);
    try (TestRecords records = new TestRecords(folder)) {
      assertThat(lastId(records))
          .isPositive()
          .isEqualTo(
              records.client().sql("SELECT MAX(id) FROM journal").query(Long.class).single());
    }
  }

  /** A batch at or below the mark would never be carried. */
  @Test
  void numbersNoBatchBelowWhatWasCarriedWhereTheJournalWasEmptied()
      throws IOException, SQLException {
    unpack(CHANGES);
    try (Connection kept = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("hub.db"));
        Statement statement = kept.createStatement()) {
      statement.executeUpdate("DELETE FROM journal");
      statement.executeUpdate("UPDATE archive SET carried = 700");
    }
    try (TestRecords records = new TestRecords(folder)) {
      assertThat(lastId(records)).isEqualTo(700);
    }
  }

  private static long lastId(TestRecords records) {
    return records.client().sql("SELECT last_id FROM journal_position").query(Long.class).single();
  }

  @Test
  void nobodyHasTakenEarlierRecords() throws IOException {
    unpack("hub-2026-11-30-communities.db");
    try (TestRecords records = new TestRecords(folder)) {
      assertThat(records.client().sql("SELECT fence FROM hub_lease").query(Long.class).single())
          .isZero();
    }
  }

  @Test
  void hasTheRecordsThatThisVersionLeaves() throws IOException, SQLException {
    int newest =
        Stream.of(
                new PathMatchingResourcePatternResolver()
                    .getResources("classpath:db/migration/*.sql"))
            .mapToInt(
                step ->
                    Integer.parseInt(Objects.requireNonNull(step.getFilename()).substring(1, 4)))
            .max()
            .orElseThrow();
    unpack(NEWEST);
    try (Connection kept = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("hub.db"));
        Statement statement = kept.createStatement();
        ResultSet history =
            statement.executeQuery(
                "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history")) {
      assertThat(history.getInt(1))
          .as("a version with another step leaves its hub.db here, by FixtureMaker")
          .isEqualTo(newest);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "hub-2026-11-23.db")
  void opensTheRecordsOfAnEarlierVersionAndKeepsWhatIsInThem(String fixture) throws IOException {
    unpack(fixture);
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
