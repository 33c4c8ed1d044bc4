package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.urgent;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceEvent;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;

class IdentitiesTest {

  @TempDir private Path folder;
  private OpenedOutbox opened;

  @BeforeEach
  void open() {
    opened = new OpenedOutbox(folder);
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void countsEachDevicesEventsOverBothLanesAndAcrossARestart() {
    opened.offer(urgent("lift-1", null), bulk("lift-1", null), bulk("lift-2", null));
    opened.reopen();
    opened.offer(urgent("lift-1", null), bulk("lift-2", null), measurement("lift-1", null));

    assertThat(opened.waiting(Lane.URGENT)).extracting(TakenEvent::order).containsExactly(1L, 3L);
    assertThat(opened.waiting(Lane.BULK))
        .extracting(event -> event.event().device() + " " + event.order())
        .containsExactly("lift-1 2", "lift-2 1", "lift-2 2", "lift-1 4");
  }

  @Test
  void takesAnEventOnceHoweverOftenItComes() {
    assertThat(opened.offer(bulk("lift-1", "a1"), bulk("lift-1", "a1"), bulk("lift-2", "a1")))
        .isEqualTo("taken");
    assertThat(opened.offer(bulk("lift-1", "a1"))).isEqualTo("taken");
    opened.reopen();
    assertThat(opened.offer(urgent("lift-1", "a1"), bulk("lift-1", "a2"))).isEqualTo("taken");

    assertThat(opened.waiting(Lane.BULK))
        .extracting(
            event -> event.event().device() + " " + event.event().id() + " " + event.order())
        .containsExactly("lift-1 a1 1", "lift-2 a1 1", "lift-1 a2 2");
    assertThat(opened.waiting(Lane.URGENT)).isEmpty();
    assertThat(opened.outbox().ledger().repeated()).isEqualTo(3);
  }

  @Test
  void knowsTheLast256IdsOfADeviceAgain() {
    opened.offer(bulk("lift-1", "first"));
    for (int i = 1; i < 256; i++) {
      opened.outbox().offer(new Offered().of(bulk("lift-1", "id-" + i)));
    }
    opened.offer(bulk("lift-1", "first"));
    assertThat(opened.outbox().ledger().repeated()).isEqualTo(1);

    opened.offer(bulk("lift-1", "id-256"));
    opened.offer(bulk("lift-1", "id-1"));
    assertThat(opened.outbox().ledger().repeated()).isEqualTo(2);
    opened.offer(bulk("lift-1", "first"));
    assertThat(opened.outbox().ledger().repeated()).isEqualTo(2);
  }

  @Test
  void takesAnIdAnewAfter24HoursOfRunning() {
    opened.offer(bulk("lift-1", "a1"));
    opened.run(Duration.ofHours(24));
    opened.offer(bulk("lift-1", "a1"));
    assertThat(opened.outbox().ledger().repeated()).isEqualTo(1);

    opened.run(Duration.ofSeconds(1));
    opened.offer(bulk("lift-1", "a1"));
    assertThat(opened.outbox().ledger().repeated()).isEqualTo(1);
    assertThat(opened.outbox().ledger().taken()).isEqualTo(2);
  }

  @Test
  void remembersEveryDeviceAfterTheIdentityLogWasCutShort() {
    int rounds = 130;
    for (int round = 0; round < rounds; round++) {
      DeviceEvent[] events = new DeviceEvent[1_000];
      for (int i = 0; i < events.length; i++) {
        events[i] = bulk("lift-" + i, "id-" + round);
      }
      opened.offer(events);
    }
    opened.reopen();
    opened.offer(bulk("lift-0", "id-3"), bulk("lift-999", "id-129"), bulk("lift-500", "new"));

    assertThat(opened.outbox().ledger().repeated()).isEqualTo(2);
    assertThat(opened.outbox().ledger().taken()).isEqualTo(1_000 * rounds + 1);
    opened.outbox().receipted(Lane.BULK, opened.number("SELECT max(position) FROM bulk_row") - 1);
    await()
        .untilAsserted(
            () ->
                assertThat(opened.waiting(Lane.BULK))
                    .extracting(TakenEvent::order)
                    .containsExactly(rounds + 1L));
    assertThat(opened.number("SELECT count(*) FROM identity_log")).isLessThan(rounds);
  }
}
