package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.registry.Registry;
import org.linli.event.Lane;
import org.springframework.util.unit.DataSize;

/** How fast bulk goes over a link, and what an urgent event then has to wait for. */
class PaceTest {

  private static final int EVENTS_IN_A_ROW = 5;

  @TempDir Path folder;

  private TestOutbox outbox;

  @BeforeEach
  void open() {
    outbox = new TestOutbox(folder);
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  private Conversation over(PacedLink link) throws Exception {
    return over(link, new RateCap(null));
  }

  private Conversation over(PacedLink link, RateCap cap) throws Exception {
    Conversation conversation =
        new Conversation(
            outbox.outbox(),
            TestSettings.defaults(),
            link,
            new Signals(),
            new CurrentUplinkState(InstantSource.fixed(TestOutbox.NOON)),
            InstantSource.fixed(TestOutbox.NOON),
            link::now,
            cap,
            new RegistryTalk(
                new Registry(new AgentSettings(folder, TestOutbox.GATEWAY)),
                () -> 0,
                Map::of,
                link::now));
    conversation.begin();
    return conversation;
  }

  /** Rows of five events, each with some 100 bytes that cannot be compressed. */
  private void fill(int rows) throws Exception {
    for (int i = 0; i < rows; i++) {
      outbox.takeNoise(TestOutbox.OPENED, EVENTS_IN_A_ROW);
    }
  }

  @Test
  void keepsToWhatASlowLinkCarriesInAQuarterOfASecondAndFillsIt() throws Exception {
    fill(800);
    PacedLink link = new PacedLink(40_000, Duration.ofMillis(20));
    Conversation conversation = over(link);
    link.pass(conversation, Duration.ofSeconds(2));
    link.takeMostBulkUnderWay();
    int before = link.bytes(Lane.BULK);

    link.pass(conversation, Duration.ofSeconds(5));
    assertThat(link.takeMostBulkUnderWay()).isLessThan(12_500);
    assertThat(link.bytes(Lane.BULK) - before).as("of 200,000 possible").isGreaterThan(160_000);
  }

  @Test
  void fillsALinkWhoseAnswersTakeLong() throws Exception {
    fill(800);
    PacedLink link = new PacedLink(40_000, Duration.ofMillis(300));
    Conversation conversation = over(link);
    link.pass(conversation, Duration.ofSeconds(8));
    int before = link.bytes(Lane.BULK);

    link.pass(conversation, Duration.ofSeconds(5));
    assertThat(link.bytes(Lane.BULK) - before).as("of 200,000 possible").isGreaterThan(60_000);
  }

  @Test
  void bringsAnUrgentEventPastBulkWithinAQuarterOfASecondAndABatch() throws Exception {
    fill(800);
    PacedLink link = new PacedLink(40_000, Duration.ofMillis(20));
    Conversation conversation = over(link);
    for (int i = 1; i <= 20; i++) {
      link.pass(conversation, Duration.ofMillis(333));
      long taken = link.now();
      outbox.takeNoise(TestOutbox.FORCED, 1);
      conversation.step(new HubSignal.Committed());
      link.pass(conversation, Duration.ofSeconds(1));
      assertThat(link.events(Lane.URGENT)).isEqualTo(i);
      assertThat(Duration.ofNanos(link.arrivedAt(Lane.URGENT) - taken))
          .isLessThan(Duration.ofMillis(350));
    }
  }

  @Test
  void noticesWithinSecondsThatALinkBecameSlow() throws Exception {
    fill(1_600);
    PacedLink link = new PacedLink(400_000, Duration.ofMillis(20));
    Conversation conversation = over(link);
    link.pass(conversation, Duration.ofSeconds(1));
    link.carry(20_000);
    link.pass(conversation, Duration.ofSeconds(6));
    link.takeMostBulkUnderWay();

    link.pass(conversation, Duration.ofSeconds(5));
    assertThat(link.takeMostBulkUnderWay()).isLessThan(6_500);
  }

  @Test
  void keepsBulkToWhatAMeteredLinkMayCostAndLetsUrgentPass() throws Exception {
    fill(400);
    PacedLink link = new PacedLink(1_000_000, Duration.ofMillis(20));
    RateCap cap = new RateCap(DataSize.ofBytes(4_000));
    link.pass(over(link, cap), Duration.ofSeconds(10));
    Conversation again = over(link, cap);
    link.pass(again, Duration.ofSeconds(10));
    assertThat(link.bytes(Lane.BULK) + link.batches(Lane.BULK) * RateCap.OVERHEAD_BYTES)
        .as("20 s of 4,000 bytes, and the burst of one second")
        .isBetween(76_000, 90_000);

    long taken = link.now();
    outbox.takeNoise(TestOutbox.FORCED, 1);
    again.step(new HubSignal.Committed());
    link.pass(again, Duration.ofSeconds(1));
    assertThat(Duration.ofNanos(link.arrivedAt(Lane.URGENT) - taken))
        .isLessThan(Duration.ofMillis(50));
  }

  /** As on a machine that stands still for a moment: between two looks at the clock. */
  @Test
  void doesNotSleepOverWhatBecameDueWhileNobodyLooked() throws Exception {
    PacedLink link = new PacedLink(1_000_000, Duration.ofMillis(20));
    Conversation conversation = over(link);
    link.pass(conversation, Duration.ofSeconds(1));
    outbox.takeNoise(TestOutbox.OPENED, EVENTS_IN_A_ROW);
    conversation.step(new HubSignal.Committed());
    assertThat(conversation.sleepNanos()).as("while it lingers").isPositive();
    link.standStill(Duration.ofSeconds(1));

    assertThat(conversation.sleepNanos()).isZero();
    link.pass(conversation, Duration.ofSeconds(1));
    assertThat(link.events(Lane.BULK)).isEqualTo(EVENTS_IN_A_ROW);
  }
}
