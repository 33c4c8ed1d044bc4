package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new database begins with the script B056 and one of before has gone the steps up to V056
 * (docs/decisions/0070): both have the same tables.
 */
class BaselineTest {

  private static final int BASELINE = 56;
  private static final Path STEPS = Path.of("src/main/resources/db/migration");
  private static final Pattern STEP = Pattern.compile("([VB])(\\d+)__.*\\.sql");

  @TempDir Path folder;

  private record Step(char kind, int number, Path file) {}

  private static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    try (Stream<Path> files = Files.list(STEPS)) {
      for (Path file : files.toList()) {
        Matcher name = STEP.matcher(file.getFileName().toString());
        assertThat(name.matches()).as(file.toString()).isTrue();
        steps.add(new Step(name.group(1).charAt(0), Integer.parseInt(name.group(2)), file));
      }
    }
    return steps.stream().sorted(Comparator.comparingInt(Step::number)).toList();
  }

  /** It would run on databases of before and never on new ones. */
  @Test
  void noStepIsAddedBelowIt() throws IOException {
    assertThat(
            steps().stream()
                .filter(step -> step.kind() == 'V' && step.number() <= BASELINE)
                .map(Step::number))
        .as("number a new step from %s on", BASELINE + 1)
        .containsExactlyElementsOf(
            IntStream.of(
                    1, 2, 3, 4, 5, 6, 8, 10, 20, 21, 22, 25, 30, 31, 40, 41, 42, 50, 51, 52, 53, 54,
                    55, 56)
                .boxed()
                .toList());
    assertThat(steps().stream().filter(step -> step.kind() == 'B').map(Step::number))
        .as("only one, as what a hub has of another would be unknown to the next")
        .containsExactly(BASELINE);
  }

  @Test
  void makesTheTablesThatTheStepsMake() throws IOException, SQLException {
    assertThat(madeBy('B')).isEqualTo(madeBy('V'));
  }

  /** What is in a database after the script or the steps, as text by table. */
  private Map<String, List<String>> madeBy(char kind) throws IOException, SQLException {
    Path some = Files.createDirectory(folder.resolve("steps-" + kind));
    for (Step step : steps()) {
      if (step.kind() == kind && step.number() <= BASELINE) {
        Files.copy(step.file(), some.resolve(step.file().getFileName()));
      }
    }
    String url = "jdbc:sqlite:" + folder.resolve(kind + ".db");
    Flyway.configure().dataSource(url, "", "").locations("filesystem:" + some).load().migrate();
    Map<String, List<String>> made = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String table :
          rows(
              statement,
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'flyway%'")) {
        made.put(table, described(statement, table));
      }
    }
    assertThat(made).isNotEmpty();
    return made;
  }

  /** Columns, keys and rows, without the order of the columns. */
  private static List<String> described(Statement statement, String table) throws SQLException {
    TreeSet<String> columns = new TreeSet<>();
    for (String column :
        rows(
            statement,
            "SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || COALESCE(dflt_value, '-')"
                + " || ' ' || pk FROM pragma_table_info('"
                + table
                + "')")) {
      // Before, the key of the journal was SQLite's own row number. Both are 64 bits there.
      columns.add(column.replace(" INTEGER ", " BIGINT ").replace(" BLOB ", " BYTEA "));
    }
    List<String> described = new ArrayList<>(columns);
    described.addAll(
        rows(
            statement,
            "SELECT name || ' ' || \"unique\" || ' ' || partial FROM pragma_index_list('"
                + table
                + "') WHERE origin = 'c' ORDER BY name"));
    described.addAll(
        rows(
            statement,
            "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name ="
                + " '"
                + table
                + "' ORDER BY name"));
    described.addAll(
        rows(
            statement,
            "SELECT \"table\" || ' ' || \"from\" || ' ' || \"to\" FROM pragma_foreign_key_list('"
                + table
                + "')"));
    described.addAll(rows(statement, "SELECT * FROM " + table));
    return described;
  }

  private static List<String> rows(Statement statement, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join(" | ", row));
      }
    }
    return rows;
  }
}
