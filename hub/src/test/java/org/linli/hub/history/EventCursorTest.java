package org.linli.hub.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

class EventCursorTest {

  private static final EventCursor CURSOR =
      new EventCursor(
          Instant.parse("2026-11-23T04:00:00.123Z"),
          new DeviceId("门:1@b_2.c-3"),
          new GatewayId("gateway-1"),
          2,
          4711);

  @Test
  void comesBackFromItsText() {
    assertThat(CURSOR.text()).matches("[A-Za-z0-9_-]+");
    assertThat(EventCursor.parse(CURSOR.text())).contains(CURSOR);
  }

  @Test
  void isNotReadFromAnythingElse() {
    String text = CURSOR.text();
    for (String other :
        List.of(
            "",
            "x",
            "%%%",
            text.substring(0, 12),
            text + "AAAA",
            "MSAyIDMgNA",
            "OTk5OTk5OTk5OTk5OTk5OTk5OTk")) {
      assertThat(EventCursor.parse(other)).as(other).isEmpty();
    }
  }

  @Test
  void standsNewestFirst() {
    EventCursor newer =
        new EventCursor(CURSOR.time().plusMillis(1), CURSOR.device(), CURSOR.gateway(), 1, 1);
    EventCursor nextOrder =
        new EventCursor(CURSOR.time(), CURSOR.device(), CURSOR.gateway(), 2, 4712);
    EventCursor nextEpoch = new EventCursor(CURSOR.time(), CURSOR.device(), CURSOR.gateway(), 3, 1);

    assertThat(List.of(CURSOR, newer, nextOrder, nextEpoch).stream().sorted())
        .containsExactly(newer, nextEpoch, nextOrder, CURSOR);
  }
}
