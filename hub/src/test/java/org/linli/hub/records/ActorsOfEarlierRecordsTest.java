package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who did what in records that named people by what they were called: the administrator, whose name
 * could be a person's id, is told from the person where the records show it.
 */
@OfSqlite
class ActorsOfEarlierRecordsTest {

  private static final String BEFORE = "hub-2026-11-26-archive.db";

  @TempDir Path folder;

  private void unpack(String fixture, String... rows) throws IOException, SQLException {
    try (InputStream in = getClass().getResourceAsStream(fixture)) {
      Files.copy(Objects.requireNonNull(in, fixture), folder.resolve("hub.db"));
    }
    try (Connection kept = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("hub.db"));
        Statement statement = kept.createStatement()) {
      for (String row : rows) {
        statement.executeUpdate(row);
      }
    }
  }

  private static String administrator(String name) {
    return "INSERT INTO administrator VALUES ('administrator', '" + name + "', 'hash', 7)";
  }

  private static String done(int position, String by, String what, String channel) {
    return "INSERT INTO alert_timeline SELECT id, %d, %d, '%s', '%s', '%s', 'words', NULL FROM alert WHERE device = 'door-1'"
        .formatted(position, position, by, what, channel);
  }

  private static String handled(String what, String by, int at) {
    return "UPDATE alert SET %s_by = '%s', %s_at = %d WHERE device = 'door-1'"
        .formatted(what, by, what, at);
  }

  private static String registered(int id, String by) {
    return "INSERT INTO registry_change VALUES (%d, %d, '%s', 'cellar:leak', 'changed', '')"
        .formatted(id, id, by);
  }

  private List<@Nullable String> ask(String sql) {
    try (TestRecords records = new TestRecords(folder)) {
      return records.client().sql(sql).query(String.class).list();
    }
  }

  private String account() {
    String id = String.valueOf(ask("SELECT id FROM administrator").getFirst());
    assertThat(id).as("no id that a community file can give").matches("account~[0-9a-f]{16}");
    return "account:" + id;
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub-2026-11-23.db", "hub-2026-11-26.db", BEFORE})
  void whatDevicesReportedAndTheHubDidIsTheirs(String fixture) throws IOException, SQLException {
    unpack(fixture);

    assertThat(
            ask(
                "SELECT what || ' ' || done_by || ' ' || COALESCE(whom, '') || COALESCE(said, '')"
                    + " FROM alert_timeline JOIN alert ON alert.id = alert"
                    + " WHERE alert.device = 'door-1' ORDER BY position"))
        .containsExactly("opened device:door-1 ", "assigned hub:system person:wang");
    assertThat(ask("SELECT assignee FROM alert WHERE device = 'door-1'"))
        .containsExactly("person:wang");
  }

  @Test
  void whatTheHubNoticedByItselfIsItsOwn() throws IOException, SQLException {
    unpack(
        BEFORE,
        "UPDATE alert SET kind = 'gateway' WHERE device = 'door-1'",
        "UPDATE alert SET type = 'activity.seen' WHERE device <> 'door-1'");

    assertThat(ask("SELECT done_by FROM alert_timeline WHERE what = 'opened'"))
        .containsExactly("hub:system", "hub:system");
  }

  @Test
  void theWayByWhichItCameTellsTheAdministratorCalledWangFromThePersonOfThatId()
      throws IOException, SQLException {
    unpack(
        BEFORE,
        administrator("wang"),
        done(2, "wang", "acknowledged", "console"),
        done(3, "wang", "commented", "api"),
        done(4, "system", "resolved", "hub"),
        handled("acknowledged", "wang", 2),
        handled("resolved", "system", 4));

    String account = account();
    assertThat(
            ask(
                "SELECT done_by || ' ' || COALESCE(done_through, '-') FROM alert_timeline"
                    + " WHERE position > 1 ORDER BY position"))
        .containsExactly(account + " -", "person:wang program:api-token", "device:door-1 -");
    assertThat(
            ask("SELECT acknowledged_by || ' ' || resolved_by FROM alert WHERE device = 'door-1'"))
        .containsExactly(account + " device:door-1");
    assertThat(ask("SELECT said FROM alert_timeline WHERE position = 2"))
        .as("what somebody said stays")
        .containsExactly("words");
  }

  @Test
  void theOneAccountDidWhatWasDoneUnderItsFormerNames() throws IOException, SQLException {
    unpack(
        BEFORE,
        administrator("陈晓明"),
        done(2, "chen", "acknowledged", "console"),
        handled("acknowledged", "chen", 2),
        registered(2, "chen"),
        registered(3, "陈晓明"),
        registered(4, "陈明"),
        registered(5, "zhou"));

    String account = account();
    assertThat(ask("SELECT acknowledged_by FROM alert WHERE device = 'door-1'"))
        .containsExactly(account);
    assertThat(
            ask(
                "SELECT made_by || ' ' || COALESCE(made_through, '-') FROM registry_change"
                    + " ORDER BY id"))
        .containsExactly(
            "person:zhou program:api-token",
            account + " -",
            account + " -",
            account + " -",
            "person:zhou program:api-token");
  }

  @Test
  void aChangeOfTheRegistryUnderANameThatIsBothIsTheAccounts() throws IOException, SQLException {
    unpack(BEFORE, administrator("zhou"));

    assertThat(ask("SELECT made_by FROM registry_change")).containsExactly(account());
  }

  @Test
  void whatIsLeftOfAnAccountThatIsGoneIsNobodyElses() throws IOException, SQLException {
    unpack(
        BEFORE,
        done(2, "王芳", "resolved", "console"),
        handled("resolved", "王芳", 2),
        registered(2, "王芳"));

    assertThat(ask("SELECT resolved_by FROM alert WHERE device = 'door-1'"))
        .containsExactly("account:administrator");
    assertThat(ask("SELECT made_by FROM registry_change WHERE id = 2"))
        .containsExactly("account:administrator");
  }
}
