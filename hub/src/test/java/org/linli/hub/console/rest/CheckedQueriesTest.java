package org.linli.hub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.RunningHub;
import org.linli.program.web.QueryCheck;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** A parameter that a resource does not take is refused, whatever the resource. */
class CheckedQueriesTest {

  @TempDir static Path data;

  private static RunningHub hub;

  @BeforeAll
  static void start() {
    hub = RunningHub.start(data);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  void everyResourceRefusesWhatItDoesNotTake() {
    Set<String> walked = new TreeSet<>();
    for (Map.Entry<RequestMappingInfo, HandlerMethod> entry :
        hub.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods()
            .entrySet()) {
      for (String pattern : entry.getKey().getPatternValues()) {
        if (pattern.startsWith("/api/") || pattern.startsWith("/v3/api-docs")) {
          String path = pattern.replaceAll("\\{[^}]*}", "x");
          for (RequestMethod method : entry.getKey().getMethodsCondition().getMethods()) {
            assertRefused(method, path, "?nonsense=1", "nonsense");
            for (Map.Entry<String, Boolean> taken :
                QueryCheck.declared(entry.getValue()).entrySet()) {
              String name = taken.getKey();
              assertRefused(method, path, "?" + name + "=a%00b", name);
              if (!taken.getValue()) {
                assertRefused(method, path, "?" + name + "=1&" + name + "=2", name);
              }
            }
            walked.add(method + " " + pattern);
          }
        }
      }
    }

    assertThat(walked)
        .hasSizeGreaterThan(20)
        .contains("GET /api/v1/stream", "GET /api/v1/alerts", "GET /v3/api-docs");
  }

  @Test
  void namesTheParameterThatWasMeant() {
    HttpResponse<String> answer = hub.api("/api/v1/alerts?stauts=open");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RunningHub.read(answer).path("detail").asString())
        .isEqualTo("The parameter 'stauts' means nothing here: did you mean 'status'?");
  }

  @Test
  void listsTheParametersWhereNoneIsNear() {
    assertThat(RunningHub.read(hub.api("/api/v1/devices?page=2")).path("detail").asString())
        .isEqualTo(
            "The parameter 'page' means nothing here: there are community, grid, kind, limit,"
                + " cursor.");
    assertThat(RunningHub.read(hub.api("/api/v1/ledger?page=2")).path("detail").asString())
        .isEqualTo("The parameter 'page' means nothing here: there are none.");
  }

  private static void assertRefused(
      RequestMethod method, String path, String query, String parameter) {
    HttpResponse<String> answer =
        RunningHub.send(
            HttpClient.newHttpClient(),
            hub.withToken(path + query).method(method.name(), BodyPublishers.noBody()));

    assertThat(answer.statusCode()).as("%s %s%s", method, path, query).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    JsonNode problem = RunningHub.read(answer);
    assertThat(problem.path("field").asString()).isEqualTo(parameter);
    assertThat(problem.path("instance").asString()).isEqualTo(path);
  }
}
