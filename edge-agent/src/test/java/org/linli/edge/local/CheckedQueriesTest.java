package org.linli.edge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.RunningGateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A parameter that a resource does not take is refused with what it takes. */
class CheckedQueriesTest {

  @TempDir static Path data;

  private static RunningGateway gateway;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /api/ledger                | limit=1         | limit  | The parameter 'limit' means nothing here: there are none.
          GET    | /api/dead-letters          | raeson=not-json | raeson | The parameter 'raeson' means nothing here: did you mean 'reason'?
          GET    | /api/devices               | limit=1&limit=2 | limit  | The parameter 'limit' is given 2 times; give it once.
          GET    | /api/devices               | page=2          | page   | The parameter 'page' means nothing here: there are limit.
          GET    | /api/dead-letters          | limit=-1        | limit  | The parameter 'limit' is '-1'; write a whole number from 1 to 1000.
          GET    | /api/dead-letters          | limit=0         | limit  | The parameter 'limit' is '0'; write a whole number from 1 to 1000.
          GET    | /api/dead-letters          | limit=1001      | limit  | The parameter 'limit' is '1001'; write a whole number from 1 to 1000.
          GET    | /api/dead-letters          | limit=abc       | limit  | The parameter 'limit' is 'abc'; write a whole number from 1 to 1000.
          GET    | /api/dead-letters          | limit=99999999999 | limit | The parameter 'limit' is '99999999999'; write a whole number from 1 to 1000.
          GET    | /api/dead-letters          | limit=          | limit  | The parameter 'limit' is ''; write a whole number from 1 to 1000.
          GET    | /api/devices               | limit=1001      | limit  | The parameter 'limit' is '1001'; write a whole number from 1 to 1000.
          PUT    | /api/commands/access/door-1| id=1            | id     | The parameter 'id' means nothing here: there are none.
          GET    | /api/commands/access/door-1| id=1            | id     | The parameter 'id' means nothing here: there are none.
          DELETE | /api/commands/access/door-1| id=1            | id     | The parameter 'id' means nothing here: there are none.
          """)
  void refusesWhatItDoesNotTake(
      String method, String path, String query, String parameter, String detail) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(gateway.http(path + "?" + query))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = new JsonMapper().readTree(answer.body());
    assertThat(problem.path("detail").asString()).isEqualTo(detail);
    assertThat(problem.path("field").asString()).isEqualTo(parameter);
    assertThat(problem.path("instance").asString()).isEqualTo(path);
  }
}
