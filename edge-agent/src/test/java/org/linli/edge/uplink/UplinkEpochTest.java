package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.event.Lane;

/** What the uplink makes of where the hub says that it is. */
class UplinkEpochTest {

  @TempDir Path folder;

  private final FakeHub hub = new FakeHub();
  private TestOutbox box;
  private SqliteOutbox outbox;
  private Uplink uplink;

  @BeforeEach
  void open() {
    hub.open();
    box = new TestOutbox(folder);
    outbox = box.outbox();
    uplink = TestUplink.between(outbox, hub.address(), folder, TestSettings.quick(Map.of()));
  }

  @AfterEach
  void close() {
    uplink.stop();
    box.close();
    hub.close();
  }

  @Test
  void learnsFromTheWatermarksWhatItsLostReceiptsWouldHaveSaid() throws Exception {
    hub.loseReceipts(Integer.MAX_VALUE);
    uplink.start();
    List<String> ids = box.takeBulk(1, 3);
    await().until(() -> hub.applied().equals(ids));
    uplink.stop();
    assertThat(outbox.ledger().queued()).isEqualTo(3);

    uplink.start();
    box.awaitEmpty();
    assertThat(hub.applied()).isEqualTo(ids);
  }

  @Test
  void beginsANewEpochForAHubThatForgotWhatItReceipted() throws Exception {
    uplink.start();
    box.takeBulk(1, 3);
    box.awaitEmpty();
    uplink.stop();
    hub.forget();
    box.takeBulk(4, 5);

    uplink.start();
    box.awaitEmpty();
    assertThat(outbox.epoch()).isEqualTo(2);
    assertThat(hub.applied()).containsExactly("b1", "b2", "b3", "b4", "b5");
    assertThat(hub.heard().getLast().epoch()).isEqualTo(2);
  }

  @Test
  void beginsANewEpochAboveOneThatTheHubAlreadyKnows() throws Exception {
    hub.know(Lane.BULK, 7, 40);
    box.takeBulk(1, 2);

    uplink.start();
    box.awaitEmpty();
    assertThat(outbox.epoch()).isEqualTo(8);
    assertThat(hub.applied()).containsExactly("b1", "b2");
  }

  @Test
  void beginsANewEpochForAHubThatHasMoreThanThereEverWas() throws Exception {
    hub.know(Lane.URGENT, 1, 9);
    box.takeBulk(1, 2);

    uplink.start();
    box.awaitEmpty();
    assertThat(outbox.epoch()).isEqualTo(2);
  }

  @Test
  void beginsANewEpochWhenTheHubFollowsAnotherHistory() throws Exception {
    box.takeBulk(1, 3);
    hub.know(Lane.BULK, 1, 2);

    uplink.start();
    box.awaitEmpty();
    assertThat(outbox.epoch()).isEqualTo(2);
    assertThat(hub.applied()).containsExactly("b1", "b2", "b3");
  }

  @Test
  void beginsANewEpochWhenTheHubHasAsManyRowsOfAnotherHistory() throws Exception {
    box.takeBulk(1, 3);
    hub.know(Lane.BULK, 1, 3);

    uplink.start();
    box.awaitEmpty();
    assertThat(outbox.epoch()).isEqualTo(2);
    assertThat(hub.applied()).containsExactly("b1", "b2", "b3");
  }
}
