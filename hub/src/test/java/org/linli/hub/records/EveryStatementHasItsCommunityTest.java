package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each statement of the hub on a table whose rows belong to communities says whose rows it means
 * ({@link CommunityRecords}). The statements are the texts of all its classes; which tables have
 * the column is read from a database that was just made.
 */
class EveryStatementHasItsCommunityTest {

  private static final Path CLASSES = Path.of("target/classes/org/linli/hub");

  /**
   * The beginning of a statement on a table; of a name that is put together, the group is empty.
   */
  private static final Pattern TABLE =
      Pattern.compile("\\b(?:FROM|JOIN|UPDATE|INTO)\\s+([a-z_]+\\b)?");

  private static final Pattern STATEMENT =
      Pattern.compile("(?s)\\s*(?:SELECT|INSERT|UPDATE|DELETE)\\b.*");

  private static final String MARK = "{community}";

  /** Classes whose statements need no mark, with the reason. */
  private static final Map<String, String> EXCEPTED =
      Map.of(
          "org.linli.hub.registry.CommunityRows",
          "gives the rows of a community another id, in each table, before anybody reads them",
          "org.linli.hub.records.SqliteFile",
          "looks at the tables of the file, and at no row",
          "org.linli.hub.records.keeping.Table",
          "carries the rows of all tables over to another database, whosever they are",
          "org.linli.hub.records.keeping.Invariant",
          "says what is wrong with rows, whosever they are, for a person at the machine");

  /** Statements that need no mark, with the reason. */
  private static final Map<String, String> OF_THE_HUB =
      Map.of(
          "SELECT COALESCE(SUM(events), 0) FROM similar_type",
          "a sum in the hub's own ledger (IntakeLedger)");

  /** The stores of the history have a language, and tables, of their own. */
  private static final String HISTORY = "org.linli.hub.history.";

  /**
   * Batches are carried in the order of their commits, whosever they are; each says whose events it
   * has. Only adding one needs the column.
   */
  private static final String CARRIED_TOGETHER = "journal";

  @TempDir Path folder;

  private Set<String> tablesOfCommunities() {
    Set<String> found = new TreeSet<>();
    try (TestRecords records = new TestRecords(folder)) {
      for (String table :
          records
              .client()
              .sql("SELECT name FROM sqlite_schema WHERE type = 'table'")
              .query((row, _) -> String.valueOf(row.getString(1)))
              .list()) {
        if (records
            .client()
            .sql("SELECT name FROM pragma_table_info('" + table + "')")
            .query((row, _) -> String.valueOf(row.getString(1)))
            .list()
            .contains("community")) {
          found.add(table);
        }
      }
    }
    return found;
  }

  /** The texts of a class, also those that texts are put together of. */
  private static List<String> texts(Path file) throws IOException {
    ClassModel read = ClassFile.of().parse(Files.readAllBytes(file));
    List<String> found = new ArrayList<>();
    for (PoolEntry entry : read.constantPool()) {
      if (entry instanceof StringEntry text) {
        found.add(text.stringValue());
      }
    }
    return found;
  }

  /** What is wrong with a statement or a part of one; nothing if the text is neither. */
  private static List<String> wrong(String text, Set<String> ofCommunities) {
    List<String> wrong = new ArrayList<>();
    Matcher table = TABLE.matcher(text);
    while (table.find()) {
      String name = table.group(1);
      if (name == null) {
        if (STATEMENT.matcher(text).matches() && !followsOn(text, table.end())) {
          wrong.add("its table is not in its text");
        }
      } else if (name.equals(CARRIED_TOGETHER)) {
        if (text.contains("INSERT") && !text.contains("community")) {
          wrong.add("it adds to " + name + " without a community");
        }
      } else if (ofCommunities.contains(name) && !text.contains(MARK)) {
        wrong.add("it has no " + MARK + ", and " + name + " is of communities");
      }
    }
    return wrong;
  }

  /** After FROM a query of its own may stand, and DO UPDATE is followed by SET. */
  private static boolean followsOn(String text, int end) {
    String rest = text.substring(end).stripLeading();
    return rest.startsWith("(") || rest.startsWith("SET");
  }

  @Test
  void eachStatementSaysWhoseRowsItMeans() throws IOException {
    Set<String> ofCommunities = tablesOfCommunities();
    assertThat(ofCommunities).contains("alert", "device_seen", "change", "journal").hasSize(11);
    Map<String, List<String>> found = new TreeMap<>();
    int statements = 0;
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String name = nameOf(file);
        for (String text : texts(file)) {
          List<String> wrong = wrong(text, ofCommunities);
          if (text.contains(MARK) && STATEMENT.matcher(text).matches()) {
            statements++;
          }
          if (!wrong.isEmpty()
              && !name.startsWith(HISTORY)
              && !EXCEPTED.containsKey(name)
              && !OF_THE_HUB.containsKey(text)) {
            found.computeIfAbsent(name, _ -> new ArrayList<>()).add(wrong + ": " + text);
          }
        }
      }
    }
    assertThat(found).isEmpty();
    assertThat(statements).as("statements that were read at all").isGreaterThan(25);
  }

  private static String nameOf(Path file) {
    String path = "org/linli/hub/" + CLASSES.relativize(file);
    return path.substring(0, path.length() - ".class".length())
        .replace('/', '.')
        .replaceFirst("\\$.*", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM alert WHERE id = :id",
        "SELECT status, COUNT(*) FROM alert WHERE status <> 'resolved'\nGROUP BY status",
        "UPDATE device_seen SET said_offline = 1 WHERE device = :device",
        "DELETE FROM rule_watch WHERE device = ? AND rule_key = ?",
        "INSERT INTO change (id, at, kind, subject, version) VALUES (?, ?, ?, ?, ?)",
        "INSERT INTO journal (id, received_at, events) VALUES (?, ?, ?)",
        "SELECT entry.at FROM alert_timeline entry JOIN alert ON alert.id = entry.alert",
        " AND (at, id) < (SELECT at, id FROM dead_letter WHERE id = :before)",
        "DELETE FROM \u0001 = ?"
      })
  void findsAStatementThatDoesNot(String statement) {
    assertThat(wrong(statement, tablesOfCommunities())).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM alert WHERE {community} AND id = :id",
        "INSERT INTO change ({community}, id) VALUES (?, ?)",
        "INSERT INTO power (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = excluded.id",
        "SELECT last_id FROM change_position WHERE id = 1",
        "SELECT id FROM (SELECT 1 AS id FROM archive) used",
        "Select a file from alert sounds",
        "The device said it again from alert to alert."
      })
  void letsPassWhatDoes(String text) {
    assertThat(wrong(text, tablesOfCommunities())).isEmpty();
  }
}
