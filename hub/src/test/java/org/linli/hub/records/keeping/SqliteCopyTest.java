package org.linli.hub.records.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.records.OfSqlite;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.TestRecords;

@OfSqlite
@Timeout(60)
class SqliteCopyTest {

  private static final String ADD =
      """
      INSERT INTO dead_letter (id, at, source, reason, detail, size, sample)
      VALUES (?, 1, 'gateway-1', 'unreadable', ?, 3, '')
      """;

  @TempDir Path folder;

  /** Without a transaction around all steps, SQLite would begin anew at each commit. */
  @Test
  void isOfOneMomentAndEndsThoughSomebodyCommitsAtEveryStep() throws Exception {
    Path copy = folder.resolve("copy.db");
    AtomicInteger steps = new AtomicInteger();
    try (TestRecords records = new TestRecords(folder.resolve("hub"))) {
      String text = "x".repeat(1_000_000);
      for (int i = 0; i < 20; i++) {
        records.jdbc().update(ADD, "before-" + i, text);
      }
      RecordsPlace place =
          RecordsPlace.ofSettings(Map.of("LINLI_DATA", folder.resolve("hub").toString()));
      try (Connection connection = place.read()) {
        SqliteCopy.make(
            connection,
            copy,
            (_, _, _) -> {
              assertThat(steps.incrementAndGet()).as("steps").isLessThan(100);
              records.jdbc().update(ADD, "meanwhile-" + steps.get(), text);
            });
      }
    }
    assertThat(steps).hasValueGreaterThan(3);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT COUNT(*), SUM(SUBSTR(id, 1, 6) = 'before') FROM dead_letter")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(20);
      assertThat(row.getInt(2)).isEqualTo(20);
    }
  }
}
