package org.linli.hub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import tools.jackson.databind.JsonNode;

/** Events of a clock that is years ahead: behind all others, and none is lost on the way. */
class PlausibleFirstTest {

  private static final String ALL = "/api/v1/events?";

  private static List<String> typesOf(JsonNode page) {
    return page.get("items").valueStream().map(event -> event.get("type").asString()).toList();
  }

  private static List<String> readOn(RunningHub hub, int limit) {
    List<String> types = new ArrayList<>();
    String more = "";
    while (true) {
      JsonNode page = hub.json(ALL + "limit=" + limit + more);
      types.addAll(typesOf(page));
      if (page.get("next").isNull()) {
        return types;
      }
      more = "&cursor=" + page.get("next").asString();
    }
  }

  @Test
  void comeLastWhereNoEndOfTheTimeIsAskedFor(@TempDir Path folder) {
    RunningHub hub = RunningHub.start(folder);
    try {
      hub.gateway().reports("door-1", Kind.ACCESS, "old.event");
      hub.clock().advance(Duration.ofMinutes(1));
      hub.gateway()
          .reportsAt(hub.clock().instant().plus(Duration.ofDays(400)), "door-1", "ahead.first");
      hub.gateway().reportsAt(Instant.parse("2276-01-01T00:00:00Z"), "door-1", "ahead.far");
      hub.gateway()
          .reportsAt(hub.clock().instant().plus(Duration.ofHours(3)), "door-1", "hours.ahead");
      hub.gateway().reports("door-1", Kind.ACCESS, "new.event");
      String[] expected = {"hours.ahead", "new.event", "old.event", "ahead.far", "ahead.first"};

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(typesOf(hub.json(ALL))).containsExactly(expected));
      for (int limit = 1; limit <= 5; limit++) {
        assertThat(readOn(hub, limit)).as("%d a page", limit).containsExactly(expected);
      }
      assertThat(typesOf(hub.json(ALL + "to=9999-01-01T00:00:00Z")))
          .as("as their times are, where an end is asked for")
          .containsExactly("ahead.far", "ahead.first", "hours.ahead", "new.event", "old.event");
      assertThat(typesOf(hub.json(ALL + "from=2200-01-01T00:00:00Z"))).containsExactly("ahead.far");
      assertThat(hub.api(ALL + "cursor=n.1.2").statusCode()).isEqualTo(400);
      assertThat(hub.api(ALL + "cursor=x.1.").statusCode()).isEqualTo(400);
      assertThat(hub.api(ALL + "cursor=a." + "9".repeat(30) + ".").statusCode()).isEqualTo(400);
      assertThat(hub.api(ALL + "cursor=a." + Long.MAX_VALUE + ".").statusCode()).isEqualTo(400);
    } finally {
      hub.close();
    }
  }
}
