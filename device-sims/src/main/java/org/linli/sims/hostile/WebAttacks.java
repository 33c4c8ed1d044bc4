package org.linli.sims.hostile;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Attacks on both programs over HTTP. */
final class WebAttacks {

  private static final String DEVICE_POST =
      "POST /linli/access/slow HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
  private static final String FORM_POST =
      "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"
          + "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String FOREIGN_HOST = "somewhere-else.example";

  private WebAttacks() {}

  /** Headers that arrive one byte at a time. */
  static void slowRequests(Assault assault) throws InterruptedException {
    slowly(assault, Port.GATEWAY_HTTP, 1_000, DEVICE_POST + "X-Slow: ");
  }

  static void slowBodies(Assault assault) throws InterruptedException {
    slowly(assault, Port.GATEWAY_HTTP, 1_000, DEVICE_POST + "Content-Length: 250000\r\n\r\n{");
  }

  static void slowHubRequests(Assault assault) throws InterruptedException {
    slowly(assault, Port.HUB_HTTP, 2_000, FORM_POST + "X-Slow: ");
  }

  /** Forms whose announced body does not arrive. */
  static void slowForms(Assault assault) throws InterruptedException {
    slowly(assault, Port.HUB_HTTP, 3_000, FORM_POST + "Content-Length: 2000000\r\n\r\nn");
  }

  static void idleHubSockets(Assault assault) throws InterruptedException {
    MqttAttacks.idle(assault, Port.HUB_HTTP);
  }

  static void unreadPages(Assault assault) throws InterruptedException {
    deaf(assault, Port.GATEWAY_HTTP, 50, get("/", assault.token()));
  }

  static void unreadHubPages(Assault assault) throws InterruptedException {
    deaf(assault, Port.HUB_HTTP, 50, get("/api/v1/events?limit=1000", assault.token()));
  }

  static void unreadStreams(Assault assault) throws InterruptedException {
    String listening =
        "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nLast-Event-ID: 0\r\n"
            + "Authorization: Bearer %s\r\n\r\n".formatted(assault.token());
    assault.attackers(
        200,
        number -> {
          assault.connectDeaf(Port.HUB_HTTP).write(listening);
          assault.did(1);
        });
  }

  /**
   * Requests with extreme parameters: each gets an answer, and none with an internal error of the
   * hub.
   */
  static void oddQuestions(Assault assault) throws InterruptedException {
    List<String> questions =
        List.of(
            "/api/v1/events?from=-999999999-01-01T00:00:00Z",
            "/api/v1/events?from=" + encoded("+999999999-12-31T23:59:59Z"),
            "/api/v1/events?to=0000-01-01T00:00:00Z&from=9999-12-31T23:59:59Z",
            "/api/v1/events?limit=9223372036854775807",
            "/api/v1/events?limit=-1",
            "/api/v1/events?cursor=" + "A".repeat(4_000),
            "/api/v1/events?device=" + "x".repeat(4_000),
            "/api/v1/alerts?limit=2147483648&cursor=%00",
            "/api/v1/devices?cursor=-1",
            "/api/v1/devices/%2e%2e%2f/series?metric=a&points=2147483647",
            "/api/v1/gateways/" + "g".repeat(2_000),
            "/api/v1/dead-letters?reason=%F0%9F%98%80&source=" + "s".repeat(2_000));
    ask(assault, Port.HUB_HTTP, questions);
  }

  static void oddGatewayQuestions(Assault assault) throws InterruptedException {
    ask(
        assault,
        Port.GATEWAY_HTTP,
        List.of(
            "/api/devices?limit=9223372036854775807",
            "/api/dead-letters?limit=-1",
            "/api/dead-letters?after=" + "9".repeat(1_000),
            "/api/commands/access/" + "x".repeat(4_000),
            "/intake/none/%00",
            "/linli/access/"));
  }

  /**
   * Requests for pages that only the operator may see. Only at the hub: the gateway shows more to
   * its own machine than to others.
   */
  static void readWithoutToken(Assault assault) throws InterruptedException {
    List<String> paths =
        List.of("/v3/api-docs", "/actuator/prometheus", "/api/v1/ledger", "/api/v1/stream");
    assault.stream(
        20,
        number -> {
          String path = paths.get(number % paths.size());
          try (Wire wire = assault.connect(Port.HUB_HTTP)) {
            wire.write(get(path, ""));
            if (wire.readStatus() == 200) {
              assault.found("the hub answers %s to anybody".formatted(path));
            }
            assault.did(1);
            assault.drop(wire);
          }
        });
  }

  static void foreignHost(Assault assault) throws InterruptedException {
    assault.stream(
        20,
        number -> {
          try (Wire wire = assault.connect(Port.HUB_HTTP)) {
            wire.write("GET / HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(FOREIGN_HOST));
            if (wire.readHead().contains("Location: http://" + FOREIGN_HOST)) {
              assault.found("the hub sends people to the host that a request names");
            }
            assault.did(1);
            assault.drop(wire);
          }
        });
  }

  /** A beginning, and then one byte at a time. */
  private static void slowly(Assault assault, Port port, int connections, String beginning)
      throws InterruptedException {
    assault.attackers(
        connections,
        number -> {
          Wire wire = assault.connect(port);
          wire.write(beginning);
          assault.did(1);
          while (!assault.over()) {
            TimeUnit.SECONDS.sleep(1);
            wire.write("x");
          }
        });
  }

  private static void deaf(Assault assault, Port port, int connections, String request)
      throws InterruptedException {
    assault.attackers(
        connections,
        number -> {
          Wire wire = assault.connectDeaf(port);
          // Blocks when the program stops reading, which is what should happen.
          while (!assault.over()) {
            wire.write(request);
            assault.did(1);
            TimeUnit.MILLISECONDS.sleep(100);
          }
        });
  }

  private static void ask(Assault assault, Port port, List<String> questions)
      throws InterruptedException {
    assault.stream(
        40,
        number -> {
          String question = questions.get(number % questions.size());
          try (Wire wire = assault.connect(port)) {
            wire.write(get(question, assault.token()));
            int status = wire.readStatus();
            if (status >= 500) {
              assault.found(
                  "%s answers %s with %d"
                      .formatted(
                          port, question.substring(0, Math.min(60, question.length())), status));
            }
            assault.did(1);
            assault.drop(wire);
          }
        });
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String get(String path, String token) {
    return "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n"
        .formatted(path, token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n");
  }
}
