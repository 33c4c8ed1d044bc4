package org.linli.hub.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.records.EarlierSteps;
import org.linli.hub.records.OfSqlite;
import org.linli.hub.records.TestRecords;

/** Records whose stream had texts instead of changes. */
@OfSqlite
class ChangesOfEarlierRecordsTest {

  private static final ChangeKind ALERT = ChangeKind.oneByOne("alert");

  @TempDir Path folder;
  @TempDir Path copies;

  @Test
  void givesNoIdOutTwiceAndHasWhoeverComesBackReadEverythingAgain()
      throws IOException, SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("hub.db");
    EarlierSteps.upTo(52, url, copies);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE stream_position SET last_id = 41");
      statement.execute("INSERT INTO stream_event VALUES (40, 0, 'alert', '{}')");
      statement.execute("INSERT INTO stream_event VALUES (41, 0, 'alert', '{}')");
    }

    try (TestRecords records = new TestRecords(folder)) {
      ChangesOnRecords changes = new ChangesOnRecords(records);
      assertThat(changes.feed().after(41, 10))
          .as("the newest of before")
          .isEqualTo(new Next.Gap(42));
      assertThat(changes.feed().after(39, 10)).isEqualTo(new Next.Gap(42));
      records
          .transactions()
          .executeWithoutResult(_ -> changes.recorder().record(ALERT, null, "a", 1));
      assertThat(changes.feed().newest()).isEqualTo(43);
      assertThat(changes.feed().after(41, 10)).isEqualTo(new Next.Gap(43));
      assertThat(
              records
                  .client()
                  .sql("SELECT COUNT(*) FROM sqlite_master WHERE name LIKE 'stream%'")
                  .query(Long.class)
                  .single())
          .as("texts of residents")
          .isZero();
    }
  }

  @Test
  void beginsWithOneWhereThereNeverWasAChange() {
    try (TestRecords records = new TestRecords(folder)) {
      ChangesOnRecords changes = new ChangesOnRecords(records);
      assertThat(changes.feed().after(0, 10)).isEqualTo(new Next.Nothing());
      records
          .transactions()
          .executeWithoutResult(_ -> changes.recorder().record(ALERT, null, "a", 1));
      assertThat(changes.feed().newest()).isEqualTo(1);
    }
  }
}
