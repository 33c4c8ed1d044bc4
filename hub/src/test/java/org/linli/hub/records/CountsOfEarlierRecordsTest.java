package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Counts;

/** Records in which an earlier version kept counts and times that make no sense. */
@OfSqlite
class CountsOfEarlierRecordsTest {

  @TempDir Path folder;
  @TempDir Path copies;

  @Test
  void bringsCountsAndTimesThatMakeNoSenseIntoTheirRange() throws IOException, SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("hub.db");
    EarlierSteps.upTo(40, url, copies);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql :
          """
          INSERT INTO intake_count VALUES ('g', 0, 0, 0, 0), ('h', 3, 3, 0, 0)
          INSERT INTO shed_count VALUES ('g', 'a', 9223372036854775807), ('g', 'b', 9223372036854775807)
          INSERT INTO shed_count VALUES ('g', 'c', 1.8446744073709552e19), ('h', 'd', 4), ('h', 'e', 5)
          INSERT INTO watermark VALUES ('g', 9223372036854775807, 'bulk', 1, 'd', 1, 1, 1, 1, 0, 0, 0)
          INSERT INTO watermark VALUES ('g', 2, 'bulk', 9223372036854775807, 'd', 1, 1, 1, 1, 0, 0, 0)
          INSERT INTO watermark VALUES ('g', 1, 'bulk', 5, 'd', 1, 1, 1, 1, -9223372036854775808, 9223372036854775807, -5)
          INSERT INTO unregistered_equipment VALUES ('g', 'p', 'x', 'x', 'access', 'ADDRESS', 't', '[]', 1, 2, 9223372036854775807)
          INSERT INTO unregistered_equipment VALUES ('g', 'p', 'y', 'y', 'access', 'ADDRESS', 't', '[]', -62150000000000, 2, 1)
          """
              .lines()
              .toList()) {
        statement.execute(sql);
      }
    }

    try (TestRecords records = new TestRecords(folder)) {
      assertThat(
              records
                  .client()
                  .sql("SELECT gateway || ' ' || shed FROM intake_count ORDER BY gateway")
                  .query(String.class)
                  .list())
          .containsExactly("g " + Counts.LARGEST, "h 9");
      assertThat(
              records
                  .client()
                  .sql(
                      "SELECT epoch || ' ' || sequence || ' ' || taken_before || ' ' || declared"
                          + " || ' ' || difference FROM watermark")
                  .query(String.class)
                  .list())
          .containsExactly("1 5 0 " + Counts.LARGEST + " -5");
      assertThat(
              records
                  .client()
                  .sql("SELECT address || ' ' || count FROM unregistered_equipment")
                  .query(String.class)
                  .list())
          .containsExactly("x " + Counts.LARGEST);
    }
  }
}
