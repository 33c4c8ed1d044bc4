package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How the administrator gets a session, and how others do not. */
@ExtendWith({SharedHub.class, OutputCaptureExtension.class})
@Isolated("reads what the whole process prints")
class SignInTest {

  private static final String PASSWORD = RunningHub.PASSWORD;

  private final RunningHub hub;
  private String link = "";

  SignInTest(RunningHub hub) {
    this.hub = hub;
  }

  @BeforeEach
  void issueLinkAndForgiveFailures() {
    hub.clock().advance(Duration.ofHours(2));
    link = "/first-sign-in?code=" + hub.bean(SignInLinks.class).issue();
  }

  @Test
  void signsInByTheOneTimeLinkOnce() {
    RunningHub.Visitor first = hub.visitor();

    HttpResponse<String> chosen =
        first.submit(link, Map.of("name", "王芳", "password", PASSWORD, "repeated", PASSWORD));

    assertThat(chosen.statusCode()).isEqualTo(302);
    assertThat(chosen.headers().allValues("Set-Cookie"))
        .anyMatch(cookie -> cookie.matches("linli-session=.*HttpOnly.*SameSite=Lax.*"));
    assertThat(first.get("/no-such-page").statusCode()).isEqualTo(404);
    assertThat(hub.visitor().get(link).statusCode()).isEqualTo(410);
    assertThat(hub.linkFile()).doesNotExist();
  }

  @Test
  void letsOneOfTwoThatUseALinkAtOnceIn() {
    RunningHub.Visitor one = hub.visitor();
    RunningHub.Visitor other = hub.visitor();
    String csrfOfOne = one.csrfOf(link);
    String csrfOfOther = other.csrfOf(link);
    Map<String, String> choice = Map.of("name", "Wang", "password", PASSWORD, "repeated", PASSWORD);

    assertThat(one.post(link, csrfOfOne, choice).statusCode()).isEqualTo(302);
    assertThat(other.post(link, csrfOfOther, choice).statusCode()).isEqualTo(410);
    assertThat(other.get("/").statusCode()).isEqualTo(302);
  }

  @Test
  void keepsTheLinkUsableUntilAGoodPasswordIsChosen() {
    RunningHub.Visitor visitor = hub.visitor();

    HttpResponse<String> tooShort =
        visitor.submit(link, Map.of("name", "Wang", "password", "short", "repeated", "short"));
    HttpResponse<String> different =
        visitor.submit(
            link + "&lang=zh",
            Map.of("name", "Wang", "password", PASSWORD, "repeated", PASSWORD + "!"));

    assertThat(tooShort.statusCode()).isEqualTo(422);
    assertThat(tooShort.body()).contains("at least 10 characters");
    assertThat(different.body()).contains("两次输入的密码不一致");
    assertThat(visitor.get(link).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesTheOneTimeLinkAfterAnHour() {
    hub.clock().advance(Duration.ofMinutes(59));
    assertThat(hub.visitor().get(link).statusCode()).isEqualTo(200);

    hub.clock().advance(Duration.ofMinutes(2));

    assertThat(hub.visitor().get(link).statusCode()).isEqualTo(410);
  }

  @Test
  void signsInByPasswordAndNeverLogsIt(CapturedOutput output) {
    hub.visitor().signIn(link, "王芳", PASSWORD);
    // Of one address the log has one line a minute.
    RunningHub.Visitor visitor = hub.visitorFrom("127.77.2.1");

    HttpResponse<String> wrong =
        visitor.submit("/sign-in", Map.of("name", "王芳", "password", "wrong password"));
    HttpResponse<String> right =
        visitor.submit("/sign-in", Map.of("name", "王芳", "password", PASSWORD));

    assertThat(wrong.headers().firstValue("Location").orElse("")).endsWith("/sign-in?failed");
    assertThat(right.headers().firstValue("Location").orElse("")).endsWith("/");
    assertThat(visitor.get("/no-such-page").statusCode()).isEqualTo(404);
    assertThat(output.getAll())
        .contains("sign-in refused")
        .doesNotContain(PASSWORD)
        .doesNotContain("wrong password\n")
        .doesNotContain(RunningHub.TOKEN);
  }

  @Test
  void makesWhoeverGuessesPasswordsWait() {
    hub.visitor().signIn(link, "wang", PASSWORD);
    RunningHub.Visitor guesser = hub.visitor();
    for (int guess = 0; guess < 5; guess++) {
      guesser.submit("/sign-in", Map.of("name", "wang", "password", "guess number " + guess));
    }

    HttpResponse<String> rightButTooSoon =
        guesser.submit("/sign-in", Map.of("name", "wang", "password", PASSWORD));
    hub.clock().advance(Duration.ofSeconds(11));
    HttpResponse<String> rightAfterTheWait =
        guesser.submit("/sign-in", Map.of("name", "wang", "password", PASSWORD));

    assertThat(rightButTooSoon.headers().firstValue("Location").orElse(""))
        .contains("/sign-in?wait=");
    assertThat(rightAfterTheWait.headers().firstValue("Location").orElse("")).endsWith("/");
  }

  @Test
  void refusesAChangeThatOnlyTheSessionCookieVouchesFor() {
    RunningHub.Visitor visitor = hub.visitor().signIn(link, "wang", PASSWORD);

    HttpResponse<String> response =
        RunningHub.send(
            visitor.client(),
            HttpRequest.newBuilder(hub.at("/api/v1/alerts/1/acknowledge"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(RunningHub.read(response).get("detail").asString()).contains("CSRF");
    assertThat(visitor.post("/sign-out", "", Map.of()).statusCode()).isEqualTo(403);
  }

  @Test
  void endsTheSessionAtSignOut() {
    RunningHub.Visitor visitor = hub.visitor().signIn(link, "wang", PASSWORD);
    assertThat(visitor.get("/no-such-page").statusCode()).isEqualTo(404);

    HttpResponse<String> out = visitor.post("/sign-out", visitor.csrfOf("/"), Map.of());

    assertThat(out.headers().firstValue("Location").orElse("")).endsWith("/sign-in?signedOut");
    assertThat(visitor.get("/").statusCode()).isEqualTo(302);
  }

  @Test
  void leadsToTheSignInHoweverOftenAPageIsAskedForAndBackToAPageOnly() {
    hub.visitor().signIn(link, "wang", PASSWORD);
    RunningHub.Visitor visitor = hub.visitor();
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = visitor.get("/");
      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/sign-in");
    }
    HttpResponse<String> part =
        RunningHub.send(
            visitor.client(),
            HttpRequest.newBuilder(hub.at("/console/alerts")).header("HX-Request", "true").GET());
    assertThat(part.headers().firstValue("HX-Redirect")).hasValue("/sign-in?ended");

    HttpResponse<String> back =
        visitor.submit("/sign-in", Map.of("name", "wang", "password", PASSWORD));

    assertThat(back.headers().firstValue("Location").orElse("")).doesNotContain("/console/");
  }
}
