package org.linli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements and migrations are the same for SQLite and PostgreSQL (docs/decisions/0067). This
 * finds by its words what only SQLite understands.
 */
class PortableSqlTest {

  private static final Path SOURCES = Path.of("src/main/java/org/linli/hub");
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  /** Up to this one, steps are applied by SQLite alone. */
  private static final int LAST_OF_SQLITE = 54;

  private static final Pattern STEP = Pattern.compile("[VB](\\d+)__.*\\.sql");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*(//|--).*$");

  /** Files that speak to one of the two itself. */
  private static final Set<String> OF_ONE =
      Set.of(
          "SqliteFile.java",
          "SqliteChecks.java",
          "ReplaceableFile.java",
          "PostgresChecks.java",
          "HubLease.java",
          "Turn.java");

  private static final Map<Pattern, String> REFUSED = new LinkedHashMap<>();

  static {
    refuse("SELECT \\*", "name the columns: a column that is added must change no result");
    refuse("\\b(_?rowid_?|oid)\\b", "number rows by a counter row");
    refuse("\\b(AUTOINCREMENT|last_insert_rowid|RETURNING)\\b", "number rows by a counter row");
    refuse("\\b(GLOB|LIKE|REGEXP|COLLATE|NOCASE)\\b", "compare by =, < or SUBSTR");
    refuse("\\bPRAGMA\\b", "only SqliteFile and ReplaceableFile speak to SQLite itself");
    refuse("\\b(INSERT OR|REPLACE INTO)\\b", "write ON CONFLICT (…) DO …");
    refuse(
        "\\b(IFNULL|TOTAL|GROUP_CONCAT|strftime|datetime|julianday|unixepoch|hex|randomblob|"
            + "zeroblob|iif|json_\\w+)\\s?\\(",
        "compute it in Java");
    refuse("\\bLIMIT -", "leave the limit out");
    refuse(
        "\\b(CURRENT_(TIME|DATE|TIMESTAMP)|LOCALTIME(STAMP)?)\\b|'now'|(?<![.\\w])now\\(\\)|_timestamp\\(\\)",
        "take the time from the hub's clock: the database's may be wrong");
    refuse(
        "(?s)DO UPDATE\\s+SET\\b[^\";]*?\\b(\\w+) = \\1\\b",
        "write table.column: PostgreSQL cannot tell the row from the excluded one");
  }

  private static void refuse(String regex, String remedy) {
    REFUSED.put(Pattern.compile(regex), remedy);
  }

  private static List<String> found(String name, String text) {
    String sql = COMMENT.matcher(text).replaceAll("");
    List<String> found = new ArrayList<>();
    REFUSED.forEach(
        (pattern, remedy) -> {
          Matcher matcher = pattern.matcher(sql);
          while (matcher.find()) {
            found.add("%s: '%s': %s".formatted(name, matcher.group(), remedy));
          }
        });
    return found;
  }

  private static List<String> foundInStep(String name, String text) {
    List<String> found = new ArrayList<>(found(name, text));
    Matcher types = Pattern.compile("(?i)\\b(INTEGER|INT|BLOB|BOOLEAN|REAL)\\b").matcher(text);
    while (types.find()) {
      found.add(
          "%s: '%s': write BIGINT, SMALLINT, DOUBLE PRECISION, TEXT or BYTEA"
              .formatted(name, types.group()));
    }
    return found;
  }

  @Test
  void statementsAreCommonToBothDatabases() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(PortableSqlTest::hasStatements).toList()) {
        found.addAll(found(file.toString(), Files.readString(file)));
      }
    }
    assertThat(found).isEmpty();
  }

  /** The history is in stores of its own, with a language of their own. */
  private static boolean hasStatements(Path file) {
    return file.toString().endsWith(".java")
        && !file.startsWith(SOURCES.resolve("history"))
        && !OF_ONE.contains(file.getFileName().toString());
  }

  @Test
  void newStepsOfTheMigrationAreCommonToBothDatabases() throws IOException {
    List<String> found = new ArrayList<>();
    int looked = 0;
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path file : files.toList()) {
        Matcher step = STEP.matcher(file.getFileName().toString());
        assertThat(step.matches()).as(file.toString()).isTrue();
        if (Integer.parseInt(step.group(1)) > LAST_OF_SQLITE) {
          found.addAll(foundInStep(file.toString(), Files.readString(file)));
          looked++;
        }
      }
    }
    assertThat(found).isEmpty();
    assertThat(looked).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM alert",
        "SELECT id FROM change ORDER BY rowid",
        "INSERT OR REPLACE INTO power VALUES (1)",
        "DELETE FROM journal WHERE id = 1 RETURNING id",
        "SELECT id FROM alert WHERE device GLOB '*'",
        "SELECT lower(hex(randomblob(8)))",
        "SELECT json_extract(carried, '$') FROM alert",
        "SELECT id FROM alert LIMIT -1 OFFSET 3",
        "INSERT INTO t (a) VALUES (1)\nON CONFLICT (a) DO UPDATE\nSET b = excluded.b, c = c + 1",
        "PRAGMA user_version",
        "UPDATE alert SET opened_at = EXTRACT(EPOCH FROM now())",
        "SELECT id FROM alert WHERE opened_at < CURRENT_TIMESTAMP",
        "SELECT clock_timestamp()"
      })
  void findsWhatOnlySqliteUnderstands(String statement) {
    assertThat(found("Some.java", "String sql = \"" + statement + "\";")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY)",
        "ALTER TABLE t ADD COLUMN payload BLOB"
      })
  void findsTypesOfSqlite(String step) {
    assertThat(foundInStep("V099__some.sql", step)).isNotEmpty();
  }
}
