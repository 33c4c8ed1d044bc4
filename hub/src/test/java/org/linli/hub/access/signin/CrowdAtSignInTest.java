package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.hub.RunningHub;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Many who sign in with wrong passwords at once hold up neither the hub nor who is known. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("needs the processor for itself, and reads what the whole process prints")
class CrowdAtSignInTest {

  private static final int CROWD = 300;
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final Pattern HIDDEN_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern COOKIE = Pattern.compile("(XSRF-TOKEN=[^;]+)");

  @TempDir Path data;

  @Test
  void holdsUpNobody(CapturedOutput output) throws Exception {
    Map<Socket, String> crowd = new LinkedHashMap<>();
    try (RunningHub hub = RunningHub.startWithSlowHashes(data)) {
      RunningHub.Visitor known = hub.visitor();
      known.signIn(hub.newLink(), RunningHub.ADMINISTRATOR, RunningHub.PASSWORD);
      RunningHub.Visitor administrator = hub.visitor();
      String csrf = administrator.csrfOf("/sign-in");
      HttpResponse<String> page = hub.visitor().get("/sign-in");
      for (int i = 0; i < CROWD; i++) {
        crowd.put(guesses(hub, page, "127.77.0." + (1 + i % 60), "nobody-" + i), "");
      }

      long begun = System.nanoTime();
      CompletableFuture<Duration> beat = new CompletableFuture<>();
      Thread.startVirtualThread(() -> beat.complete(since(begun)));
      assertThat(beat.get(60, TimeUnit.SECONDS)).as("a virtual thread").isLessThan(AT_ONCE);
      for (int i = 0; i < 5; i++) {
        long asked = System.nanoTime();
        assertThat(hub.api("/api/v1/alerts").statusCode()).isEqualTo(200);
        assertThat(since(asked)).as("the API").isLessThan(AT_ONCE);
      }
      // Beside the check that has begun and its own it waits for none, however slow the machine is.
      assertThat(
              administrator
                  .post(
                      "/sign-in",
                      csrf,
                      Map.of("name", RunningHub.ADMINISTRATOR, "password", RunningHub.PASSWORD))
                  .headers()
                  .firstValue("Location")
                  .orElse(""))
          .endsWith("/");

      String refused = firstThatAnswers(crowd, "HTTP/1.1 503");
      assertThat(refused).contains("Retry-After: ").contains("Your password was not checked");
      assertThat(firstThatAnswers(crowd, "HTTP/1.1 302")).contains("/sign-in?failed");
      assertThat(output).doesNotContain("nobody-").doesNotContain("no sign of life");
    } finally {
      for (Socket one : crowd.keySet()) {
        one.close();
      }
    }
  }

  @Test
  void isOneLineOfEachAddressInTheLog(CapturedOutput output) throws Exception {
    try (RunningHub hub = RunningHub.startWithSlowHashes(data)) {
      RunningHub.Visitor guesser = hub.visitorFrom("127.77.1.1");
      for (int i = 0; i < SignInThrottle.TRIES_OF_ADDRESS; i++) {
        guesser.submit("/sign-in", Map.of("name", "nobody-" + i, "password", "a wrong one"));
      }

      assertThat(output.toString().split("sign-in refused", -1)).hasSize(2);
    }
  }

  @Test
  void tellsPeopleWhatWasNotLookedAtAndDoesNotCountIt() {
    try (RunningHub hub = RunningHub.startWithSlowHashes(data)) {
      String link = hub.newLink();
      hub.bean(Passwords.class).stop();

      for (int i = 0; i <= SignInThrottle.TRIES_OF_ADDRESS; i++) {
        HttpResponse<String> answer =
            hub.visitor().submit("/sign-in", Map.of("name", "wang", "password", "a password"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("10");
        assertThat(answer.body()).contains("Your password was not checked. Try again in 10 sec");
      }
      assertThat(hub.visitor().get("/sign-in?busy&lang=zh").body()).contains("您的密码尚未核对，请 10 秒后再试");

      RunningHub.Visitor first = hub.visitor();
      HttpResponse<String> chosen =
          first.submit(
              link + "&lang=zh",
              Map.of("name", "wang", "password", "a password", "repeated", "a password"));
      assertThat(chosen.statusCode()).isEqualTo(503);
      assertThat(chosen.headers().firstValue("Retry-After")).hasValue("10");
      assertThat(chosen.body()).contains("此链接仍可使用，请 10 秒后再试").contains("value=\"wang\"");
      assertThat(first.get(link).statusCode()).isEqualTo(200);
    }
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Sends the form of a page and does not wait for what comes of it. */
  private static Socket guesses(
      RunningHub hub, HttpResponse<String> page, String address, String name) throws IOException {
    String body =
        "name=" + name + "&password=wrong&_csrf=" + encoded(found(HIDDEN_TOKEN, page.body()));
    String cookie = page.headers().firstValue("Set-Cookie").orElse("");
    Socket socket = new Socket();
    socket.setSoTimeout(60_000);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(hub.port())));
    socket
        .getOutputStream()
        .write(
            ("POST /sign-in HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nCookie: "
                    + found(COOKIE, cookie)
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }

  /** Of the answers that have come so far the first that begins so; waits for one. */
  private static String firstThatAnswers(Map<Socket, String> answers, String status) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              for (Map.Entry<Socket, String> one : answers.entrySet()) {
                if (one.getValue().isEmpty() && one.getKey().getInputStream().available() > 0) {
                  one.setValue(
                      new String(
                          one.getKey().getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                }
              }
              return answers.values().stream()
                  .filter(answer -> answer.startsWith(status))
                  .findFirst()
                  .orElse("");
            },
            answer -> !answer.isEmpty());
  }
}
