package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.profile.StateChange;
import org.linli.event.DeviceId;

/** However often a state changes within one commit, it is one row that is written. */
class StatesInAGroupTest {

  private static final int CHANGES = 200;

  @TempDir private Path folder;
  private final Semaphore passes = new Semaphore(0);
  private OpenedOutbox opened;

  @BeforeEach
  void open() {
    opened = new OpenedOutbox(folder);
    opened.execute("CREATE TABLE written (state TEXT)");
    for (String what : List.of("INSERT", "UPDATE")) {
      opened.execute(
          "CREATE TRIGGER on_%s AFTER %s ON device_state BEGIN INSERT INTO written VALUES (new.state); END"
              .formatted(what, what));
    }
    opened.gate(passes::acquireUninterruptibly);
  }

  @AfterEach
  void close() {
    passes.release(1_000);
    opened.close();
  }

  private Offered offer(StateChange change) {
    Offered offered = new Offered();
    opened.outbox().offer(offered.changing(change, bulk("door-1", null)));
    return offered;
  }

  private static StateChange known(String device, String state, long number) {
    return new StateChange.Known(
        "zigbee2mqtt", new DeviceId(device), "contact", state, Offered.AT, number);
  }

  /** Has a group of its own wait for the commit, so that what follows is one group. */
  private void holdUp() {
    offer(known("other", "open", 1));
    await().until(passes::hasQueuedThreads);
  }

  private void write(List<Offered> group) {
    passes.release(2);
    group.forEach(offered -> assertThat(offered.awaitAnswer()).isEqualTo("taken"));
  }

  @Test
  void manyChangesOfOneStateAreOneRow() {
    holdUp();
    List<Offered> group = new ArrayList<>();
    for (int i = 2; i < 2 + CHANGES; i++) {
      group.add(offer(known("door-1", i % 2 == 0 ? "open" : "closed", i)));
    }
    write(group);

    assertThat(opened.number("SELECT count(*) FROM written"))
        .as("with that of the other")
        .isEqualTo(2);
    assertThat(opened.number("SELECT number FROM device_state WHERE device = 'door-1'"))
        .isEqualTo(1 + CHANGES);
    assertThat(
            opened.number(
                "SELECT count(*) FROM device_state WHERE device = 'door-1' AND state = 'closed'"))
        .isEqualTo(1);
  }

  /** Messages of one device can reach the writer in another order than they were read. */
  @Test
  void theNewestCountsInWhateverOrderTheyCome() {
    holdUp();
    write(List.of(offer(known("door-1", "newest", 9)), offer(known("door-1", "older", 8))));

    assertThat(opened.number("SELECT number FROM device_state WHERE device = 'door-1'"))
        .isEqualTo(9);
  }

  @Test
  void whatIsForgottenIsGoneAndWhatIsSaidAfterItStays() {
    holdUp();
    DeviceId door = new DeviceId("door-1");
    write(
        List.of(
            offer(known("door-1", "closed", 6)),
            offer(new StateChange.Forgotten(door, 6)),
            offer(known("door-1", "older", 5)),
            offer(known("door-2", "closed", 7)),
            offer(
                new StateChange.ForgottenSignal(
                    "zigbee2mqtt", new DeviceId("door-2"), "contact", 7)),
            offer(known("door-2", "open", 8))));

    assertThat(opened.number("SELECT count(*) FROM device_state WHERE device = 'door-1'")).isZero();
    assertThat(opened.number("SELECT number FROM device_state WHERE device = 'door-2'"))
        .isEqualTo(8);
  }
}
