package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.TestClock;
import org.linli.hub.access.AccessSettings;
import org.linli.hub.records.TestRecords;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.mock.env.MockEnvironment;

/** When a one-time link is offered, and where it can be found. */
class FirstSignInTest {

  @TempDir Path data;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final TestClock clock = new TestClock();
  private TestRecords records;
  private Administrators administrators;

  @BeforeEach
  void open() {
    records = new TestRecords(data);
    administrators = new Administrators(records.client(), records.reader(), clock);
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void printsANewLinkAtEachStartUntilThereIsAnAdministrator() throws IOException {
    start(false);
    String first = Files.readString(data.resolve("first-sign-in")).strip();
    start(false);
    String second = Files.readString(data.resolve("first-sign-in")).strip();

    assertThat(first).matches("http://127\\.0\\.0\\.1:8080/first-sign-in\\?code=[\\w-]{43}");
    assertThat(second).isNotEqualTo(first);
    assertThat(printed())
        .containsOnlyOnce(first)
        .containsOnlyOnce(second)
        .contains("within 1 hour");
    assertThat(links(false).isValid(codeOf(first))).isFalse();
    assertThat(links(false).isValid(codeOf(second))).isTrue();
  }

  @Test
  void keepsTheLinkReadableForTheHubsOwnUserOnly() throws IOException {
    start(false);

    assertThat(Files.getPosixFilePermissions(data.resolve("first-sign-in")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void keepsNoCodeInTheRecords() throws IOException {
    start(false);
    String code = codeOf(Files.readString(data.resolve("first-sign-in")).strip());

    assertThat(
            records.client().sql("SELECT code_hash FROM sign_in_link").query(String.class).single())
        .hasSize(64)
        .isNotEqualTo(code);
  }

  @Test
  void offersNothingOnceThereIsAnAdministratorAndDeletesAnOldLink() throws IOException {
    Files.writeString(data.resolve("first-sign-in"), "an old link");
    administrators.save("王芳", "hash");

    start(false);

    assertThat(printed()).isEmpty();
    assertThat(data.resolve("first-sign-in")).doesNotExist();
  }

  @Test
  void offersAWayBackInToAnAdministratorWhoLostThePassword() {
    administrators.save("王芳", "hash");

    start(true);

    assertThat(printed()).contains("/first-sign-in?code=");
  }

  private void start(boolean newSignInLink) {
    AccessSettings settings = settings(newSignInLink);
    new FirstSignIn(
            administrators,
            links(newSignInLink),
            new LinkFile(records.folder()),
            settings,
            new ServerProperties(),
            new MockEnvironment().withProperty("local.server.port", "8080"),
            new PrintStream(printed, true, StandardCharsets.UTF_8))
        .offerLink();
  }

  private SignInLinks links(boolean newSignInLink) {
    return new SignInLinks(
        records.client(), records.reader(), records.transactions(), clock, settings(newSignInLink));
  }

  private static AccessSettings settings(boolean newSignInLink) {
    return new AccessSettings(null, newSignInLink, Duration.ofHours(1), false);
  }

  private static String codeOf(String link) {
    return link.substring(link.indexOf('=') + 1);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
