package org.linli.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who is let in, and who is not. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class AccessTest {

  private static final Set<String> FOR_EVERYBODY = Set.of("/sign-in", "/first-sign-in", "/error");

  private final HttpClient stranger = HttpClient.newHttpClient();
  private final RunningHub hub;

  AccessTest(RunningHub hub) {
    this.hub = hub;
  }

  @Test
  void leadsSomebodyWithoutASessionToTheSignInPage() {
    HttpResponse<String> page = hub.visitor().get("/");
    HttpResponse<String> fragment =
        RunningHub.send(stranger, HttpRequest.newBuilder(hub.at("/")).header("HX-Request", "true"));

    assertThat(page.statusCode()).isEqualTo(302);
    assertThat(page.headers().firstValue("Location").orElse("")).endsWith("/sign-in");
    assertThat(fragment.statusCode()).isEqualTo(401);
    assertThat(fragment.headers().firstValue("HX-Redirect")).hasValue("/sign-in?ended");
  }

  @Test
  void refusesAnyApiPathWithoutCredentialsAsAProblem() {
    for (String path : new String[] {"/api/v1/alerts", "/api/nothing", "/actuator/prometheus"}) {
      HttpResponse<String> response =
          RunningHub.send(stranger, HttpRequest.newBuilder(hub.at(path)));

      assertThat(response.statusCode()).as(path).isEqualTo(401);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
      assertThat(response.headers().firstValue("WWW-Authenticate"))
          .hasValue("Bearer realm=\"linli\"");
      assertThat(RunningHub.read(response).get("detail").asString()).contains("API token");
    }
  }

  @Test
  void refusesAWrongTokenEvenForAPost() {
    HttpResponse<String> response =
        RunningHub.send(
            stranger,
            HttpRequest.newBuilder(hub.at("/api/v1/alerts/1/acknowledge"))
                .header("Authorization", "Bearer " + RunningHub.TOKEN + "x")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(RunningHub.read(response).get("detail").asString())
        .isEqualTo("The API token is not the one in LINLI_ADMIN_TOKEN.");
  }

  @Test
  void tellsHealthToTheMachineItselfWithoutDetails() {
    HttpResponse<String> open =
        RunningHub.send(stranger, HttpRequest.newBuilder(hub.at("/actuator/health")));

    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(RunningHub.read(open).get("status").asString()).isEqualTo("UP");
    assertThat(RunningHub.read(open).has("components")).isFalse();
    assertThat(hub.json("/actuator/health").has("components")).isTrue();
    assertThat(hub.api("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
  }

  @Test
  void forbidsScriptsOfOthersAndFrames() {
    HttpResponse<String> page = hub.visitor().get("/sign-in");

    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe"));
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(page.body()).doesNotContain("style=", "<script>", "onclick");
    assertThat(page.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.startsWith("linli-session"))
        .allMatch(cookie -> cookie.contains("HttpOnly"));
  }

  /** The JDK's client sends no Host of somebody else's. */
  private String answerTo(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(hub.port()))) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void followsNoHostOrForwardedHeaderOfSomebody() throws IOException {
    for (String path : new String[] {"/", "/devices/door-1", "/sign-in?failed", "/v3/api-docs"}) {
      String answer =
          answerTo(
              "GET "
                  + path
                  + " HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
                  + "X-Forwarded-Proto: https\r\nX-Forwarded-For: 203.0.113.9\r\n"
                  + "X-Forwarded-Prefix: /evil.example\r\nForwarded: host=evil.example\r\n"
                  + "Connection: close\r\n\r\n");

      assertThat(answer).as(path).doesNotContain("evil.example");
    }
    String saved = "aHR0cDovL2V2aWwuZXhhbXBsZS9kZXZpY2Vz";
    assertThat(
            answerTo(
                "GET /devices HTTP/1.1\r\nHost: evil.example\r\nCookie: REDIRECT_URI="
                    + saved
                    + "\r\nConnection: close\r\n\r\n"))
        .doesNotContain("evil.example");
    assertThat(
            answerTo(
                "GET /v3/api-docs HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer "
                    + RunningHub.TOKEN
                    + "\r\nConnection: close\r\n\r\n"))
        .contains("openapi")
        .doesNotContain("evil.example");
  }

  @Test
  void describesTheApiToNobodyWhoMayNotUseIt() {
    for (String path : new String[] {"/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/x"}) {
      assertThat(RunningHub.send(stranger, HttpRequest.newBuilder(hub.at(path))).statusCode())
          .as(path)
          .isEqualTo(401);
    }
  }

  /** Whatever a feature adds is for nobody who is not signed in, also with a CSRF token. */
  @Test
  void refusesAStrangerOnEveryPathThatTheHubServes() {
    RunningHub.Visitor visitor = hub.visitor();
    String csrf = visitor.csrfOf("/sign-in");
    Set<String> tried = new TreeSet<>();
    hub.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (mapping, handler) -> {
              for (String pattern : mapping.getPatternValues()) {
                String path = pattern.replaceAll("\\{[^}]*}", "x");
                if (!FOR_EVERYBODY.contains(path) && tried.add(handler + " " + path)) {
                  assertRefused(visitor, csrf, mapping.getMethodsCondition().getMethods(), path);
                }
              }
            });
    assertThat(tried).hasSizeGreaterThan(20);
  }

  private void assertRefused(
      RunningHub.Visitor visitor, String csrf, Set<RequestMethod> methods, String path) {
    boolean isForPrograms = path.startsWith("/api/") || path.startsWith("/v3/");
    for (String method : methods.isEmpty() ? Set.of("GET") : names(methods)) {
      HttpResponse<String> answer =
          RunningHub.send(
              visitor.client(),
              HttpRequest.newBuilder(hub.at(path))
                  .header("X-XSRF-TOKEN", csrf)
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString("{}")));

      assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(isForPrograms ? 401 : 302);
      assertThat(answer.headers().firstValue("Location").map(to -> to.endsWith("/sign-in")))
          .as(method + " " + path)
          .isEqualTo(isForPrograms ? Optional.empty() : Optional.of(true));
    }
  }

  private static Set<String> names(Set<RequestMethod> methods) {
    return methods.stream().map(RequestMethod::name).collect(Collectors.toSet());
  }
}
