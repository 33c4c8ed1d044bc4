package org.linli.hub.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.Value;
import org.linli.event.Values;

/** A page holds no more than it may, and the next one goes on after it. */
class NewestFirstTest {

  private static final Instant NOON = HistoryContract.NOON;

  private static StoredEvent event(Instant time, long order, int length) {
    return new StoredEvent(
        "id",
        null,
        new DeviceId("door-1"),
        new GatewayId("gateway-1"),
        1,
        Kind.ACCESS,
        new EventType("door.opened"),
        Lane.BULK,
        order,
        time,
        null,
        time,
        time,
        time,
        false,
        new Values(texts(length)));
  }

  /** So many texts of a thousand characters. */
  private static Map<String, Value> texts(int thousands) {
    Map<String, Value> texts = new LinkedHashMap<>();
    for (int i = 0; i < thousands; i++) {
      texts.put("text-" + i, new Value.Text("x".repeat(1_000)));
    }
    return texts;
  }

  private static List<Long> readAll(List<StoredEvent> newestFirst, EventQuery first) {
    List<Long> read = new ArrayList<>();
    EventQuery query = first;
    EventCursor next;
    do {
      NewestFirst gathering = new NewestFirst(query);
      for (StoredEvent each : newestFirst) {
        if (!gathering.offer(each)) {
          break;
        }
      }
      EventPage page = gathering.page();
      long characters = page.items().stream().mapToLong(NewestFirstTest::length).sum();
      assertThat(page.items()).isNotEmpty();
      assertThat(characters).isLessThan(NewestFirst.MOST_CHARACTERS + 600_000);
      page.items().forEach(event -> read.add(event.order()));
      next = page.next();
      if (next != null) {
        query = query.after(next);
      }
    } while (next != null);
    return read;
  }

  private static long length(StoredEvent event) {
    return event.values().size() * 1_000L;
  }

  @Test
  void endsAPageWhereItsEventsAreLarge() {
    List<StoredEvent> all = new ArrayList<>();
    List<Long> orders = new ArrayList<>();
    for (long i = 100; i > 0; i--) {
      all.add(event(NOON.plusMillis(i), i, 50));
      orders.add(i);
    }

    assertThat(readAll(all, EventQuery.newest(1000))).isEqualTo(orders);
  }

  @Test
  void endsAPageWithinAMillisecond() {
    List<StoredEvent> all = new ArrayList<>();
    List<Long> orders = new ArrayList<>();
    for (long i = 1; i <= 100; i++) {
      all.add(event(NOON, i, 50));
      orders.addFirst(i);
    }

    assertThat(readAll(all, EventQuery.newest(1000))).isEqualTo(orders);
    assertThat(readAll(all, EventQuery.newest(3))).isEqualTo(orders);
  }

  @Test
  void putsPagesOfTwoPartsTogether() {
    EventQuery query = EventQuery.newest(3);
    StoredEvent first = event(NOON.plusMillis(9), 9, 1);
    StoredEvent second = event(NOON.plusMillis(8), 8, 1);
    StoredEvent third = event(NOON.plusMillis(2), 2, 1);
    EventPage goesOn = new EventPage(List.of(first), EventCursor.at(first));
    EventPage whole = new EventPage(List.of(second, third), null);

    EventPage both = NewestFirst.together(query, List.of(goesOn, whole));
    EventPage twice =
        NewestFirst.together(query, List.of(whole, new EventPage(List.of(second), null)));

    assertThat(both.items()).as("nothing beyond what is known").containsExactly(first);
    assertThat(both.next()).isEqualTo(EventCursor.at(first));
    assertThat(twice.items()).containsExactly(second, third);
    assertThat(twice.next()).isNull();
  }
}
