package org.linli.hub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** What the hub says about its API is the API. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class ApiDescriptionTest {

  private final RunningHub hub;

  ApiDescriptionTest(RunningHub hub) {
    this.hub = hub;
  }

  @Test
  void answersNothingOfItToNobody() {
    JsonNode paths = hub.json("/v3/api-docs").get("paths");
    HttpClient nobody = HttpClient.newHttpClient();
    for (String path : paths.propertyNames()) {
      if (paths.get(path).has("get")) {
        String address = path.replaceAll("\\{[^}]*}", "door-1");
        assertThat(
                RunningHub.send(nobody, HttpRequest.newBuilder(hub.at(address)).GET()).statusCode())
            .as("GET %s without a token", path)
            .isEqualTo(401);
      }
    }
  }

  @Test
  void describesExactlyTheMappingsThereAre() {
    Set<String> described = new TreeSet<>();
    JsonNode paths = hub.json("/v3/api-docs").get("paths");
    for (String path : paths.propertyNames()) {
      for (String method : paths.get(path).propertyNames()) {
        described.add(method + " " + path);
      }
    }

    Set<String> mapped = new TreeSet<>();
    for (RequestMappingInfo mapping :
        hub.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods()
            .keySet()) {
      for (String path : mapping.getPatternValues()) {
        for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
          if (path.startsWith("/api/")) {
            mapped.add(method.name().toLowerCase(Locale.ROOT) + " " + path);
          }
        }
      }
    }

    assertThat(described).isEqualTo(mapped);
    assertThat(described)
        .contains(
            "get /api/v1/communities",
            "get /api/v1/grids",
            "get /api/v1/devices",
            "get /api/v1/devices/{id}",
            "get /api/v1/devices/{id}/series",
            "get /api/v1/gateways",
            "get /api/v1/gateways/{id}",
            "get /api/v1/gateways/{id}/ledger",
            "get /api/v1/events",
            "get /api/v1/alerts",
            "get /api/v1/alerts/{id}",
            "post /api/v1/alerts/{id}/acknowledge",
            "post /api/v1/alerts/{id}/resolve",
            "post /api/v1/alerts/{id}/comment",
            "get /api/v1/ledger",
            "get /api/v1/stream");
  }

  @Test
  void isOpenApi31WithABearerTokenAndProblems() {
    JsonNode api = hub.json("/v3/api-docs");

    assertThat(api.get("openapi").asString()).startsWith("3.1");
    assertThat(api.at("/components/securitySchemes/token/scheme").asString()).isEqualTo("bearer");
    assertThat(api.at("/components/schemas/Problem/properties").propertyNames())
        .contains("type", "title", "status", "detail", "instance", "field");
    assertThat(api.at("/components/schemas/Alert/properties").propertyNames())
        .contains("severity", "timeline", "assignee", "acknowledgedActor", "resolvedActor");
    assertThat(api.at("/components/schemas/Actor/properties").propertyNames())
        .containsExactlyInAnyOrder("kind", "id", "community", "name", "gone");
    assertThat(api.at("/components/schemas/Event/properties/time/format").asString())
        .isEqualTo("date-time");
  }
}
