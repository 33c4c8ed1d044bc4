package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.RunningHub;
import org.linli.hub.records.OfSqlite;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a restart of the hub leaves of sessions, and what it does not. */
@Tag("slow")
@OfSqlite
class KeptSessionsTest {

  private static final String PASSWORD = RunningHub.PASSWORD;

  @TempDir Path data;

  @SuppressWarnings("NullAway.Init") // set before each test
  private RunningHub hub;

  @BeforeEach
  void start() {
    hub = RunningHub.start(data);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void restart() {
    stop();
    hub = hub.startAgain();
  }

  private static void assertSignedIn(RunningHub.Visitor visitor) {
    assertThat(visitor.get("/").statusCode()).isEqualTo(200);
  }

  private static void assertSignedOut(RunningHub.Visitor visitor) {
    HttpResponse<String> answer = visitor.get("/");
    assertThat(answer.statusCode()).as("%s", answer.headers()).isEqualTo(302);
  }

  private List<String> rows() {
    return JdbcClient.create(
            new DriverManagerDataSource("jdbc:sqlite:" + data.resolve(SessionRows.NAME)))
        .sql("SELECT id_hash || ' ' || person || ' ' || vouched_by FROM session")
        .query((row, number) -> String.valueOf(row.getString(1)))
        .list();
  }

  @Test
  void leavesPeopleSignedInAndTheirOpenPagesWorking() {
    RunningHub.Visitor visitor = hub.signedInVisitor();
    String csrf = visitor.csrfOf("/");

    restart();

    RunningHub.Visitor again = visitor.goesOnAt(hub);
    assertSignedIn(again);
    assertThat(again.post("/sign-out", csrf, Map.of()).headers().firstValue("Location").orElse(""))
        .as("what a page sends that was open before")
        .endsWith("/sign-in?signedOut");
  }

  @Test
  void doesNotBringBackWhoSignedOut() {
    RunningHub.Visitor visitor = hub.signedInVisitor();
    visitor.post("/sign-out", visitor.csrfOf("/"), Map.of());
    assertThat(rows()).isEmpty();

    restart();

    assertSignedOut(visitor.goesOnAt(hub));
  }

  @Test
  void doesNotBringBackWhoWasSignedInWithAnotherPassword() {
    RunningHub.Visitor before = hub.signedInVisitor();
    assertSignedIn(before);

    RunningHub.Visitor after = hub.visitor().signIn(hub.newLink(), "李娜", PASSWORD + "!");

    assertSignedOut(before);
    assertThat(rows()).hasSize(1);
    restart();
    assertSignedOut(before.goesOnAt(hub));
    assertThat(after.goesOnAt(hub).get("/").body()).contains("李娜");
  }

  @Test
  void keepsNothingThatLetsAnybodyInAndLetsNobodyElseRead() throws IOException {
    RunningHub.Visitor visitor = hub.signedInVisitor();
    String cookie =
        ((CookieManager) visitor.client().cookieHandler().orElseThrow())
            .getCookieStore().getCookies().stream()
                .filter(each -> each.getName().equals("linli-session"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    String id = new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
    String hash = hub.bean(Administrators.class).find().orElseThrow().passwordHash();
    assertThat(rows())
        .singleElement()
        .asString()
        .matches("[0-9a-f]{64} account~[0-9a-f]{16} [0-9a-f]{64}");

    for (String suffix : List.of("", "-wal", "-shm")) {
      Path file = data.resolve(SessionRows.NAME + suffix);
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain(cookie, id, hash);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo("rw-------");
    }
  }

  private void file(String statement) {
    JdbcClient.create(new DriverManagerDataSource("jdbc:sqlite:" + data.resolve(SessionRows.NAME)))
        .sql(statement)
        .update();
  }

  @Test
  void keepPagesOpenAndLetPeopleInWhileTheFileCannotBeUsed() {
    RunningHub.Visitor before = hub.signedInVisitor();
    file("ALTER TABLE session RENAME TO gone");

    assertThat(before.get("/sign-in").statusCode()).as("the way back in").isEqualTo(200);
    assertSignedOut(before);
    RunningHub.Visitor visitor = hub.visitor();
    signInAgain(visitor);
    assertSignedIn(visitor);
    assertThat(visitor.post("/sign-out", visitor.csrfOf("/"), Map.of()).statusCode())
        .isEqualTo(302);
    assertSignedOut(visitor);
  }

  @Test
  void letPeopleInWhoseSessionFindsNoRoomOnTheDisk() {
    hub.signedInVisitor();
    file("CREATE TRIGGER full BEFORE INSERT ON session BEGIN SELECT RAISE(ABORT, 'no room'); END");

    RunningHub.Visitor visitor = hub.visitor();
    signInAgain(visitor);

    assertSignedIn(visitor);
    restart();
    assertSignedOut(visitor.goesOnAt(hub));
  }

  private static void signInAgain(RunningHub.Visitor visitor) {
    HttpResponse<String> answer =
        visitor.submit("/sign-in", Map.of("name", RunningHub.ADMINISTRATOR, "password", PASSWORD));
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/");
  }

  @Test
  void endWhenTheyWereNotUsedForAShiftAndAreCleared() {
    RunningHub.Visitor visitor = hub.signedInVisitor();
    hub.clock().advance(Duration.ofHours(11));
    assertSignedIn(visitor);
    hub.clock().advance(Duration.ofHours(11));
    assertSignedIn(visitor);
    hub.clock().advance(Duration.ofHours(12));
    assertSignedOut(visitor);
    assertThat(rows()).hasSize(1);

    hub.signedInVisitor();

    assertThat(rows()).as("the one of now").hasSize(1);
    assertSignedOut(visitor);
  }

  @Test
  void aFileThatCannotBeReadCostsNothingButSigningInAgain() throws IOException {
    RunningHub.Visitor visitor = hub.signedInVisitor();
    stop();
    Files.writeString(data.resolve(SessionRows.NAME), "this is no database at all".repeat(200));

    hub = hub.startAgain();

    assertSignedOut(visitor.goesOnAt(hub));
    assertSignedIn(hub.signedInVisitor());
    assertThat(rows()).hasSize(1);
  }
}
