package org.linli.sims.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.sims.console.CannotRunException;

class RowsTest {

  @TempDir private Path folder = Path.of(".");

  private Path database(List<String> tables) throws SQLException {
    Path file = folder.resolve("outbox.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String table : tables) {
        statement.execute("CREATE TABLE %s (name TEXT)".formatted(table));
        statement.execute("INSERT INTO %s VALUES ('a'), ('b')".formatted(table));
      }
    }
    return file;
  }

  private static List<String> tablesOfGateway() {
    return Rows.LIMITS.keySet().stream()
        .filter(table -> table.startsWith("gateway."))
        .map(table -> table.substring("gateway.".length()))
        .toList();
  }

  @Test
  void countsEveryTableThatHasALimit() throws Exception {
    assertThat(Rows.count("gateway", database(tablesOfGateway())))
        .hasSameSizeAs(tablesOfGateway())
        .containsEntry("gateway.device", 2L);
  }

  @Test
  void saysWhichTableIsNotThereAnyMore() throws Exception {
    Path without = database(tablesOfGateway().stream().filter(t -> !t.equals("device")).toList());

    assertThatThrownBy(() -> Rows.count("gateway", without))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("no such table: device");
  }

  @Test
  void saysWhichDatabaseIsNotThere() {
    assertThatThrownBy(() -> Rows.count("hub", folder.resolve("none.db")))
        .isInstanceOf(CannotRunException.class)
        .hasMessage("There is no %s.".formatted(folder.resolve("none.db")));
  }
}
