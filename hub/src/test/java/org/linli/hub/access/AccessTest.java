package org.linli.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;

/** Who is let in, and who is not. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class AccessTest {

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
}
