package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.intake.AttachedBroker;
import org.linli.edge.intake.BrokerState;
import org.linli.edge.intake.Crowding;
import org.linli.edge.outbox.OutboxState;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.edge.registry.Registry;
import org.linli.program.thread.LivingThreads;

/** What a gateway tells its hub while something is wrong there. */
class UplinkTroublesTest {

  @TempDir Path folder;

  private final FakeHub hub = new FakeHub();
  private TestOutbox box;
  private SqliteOutbox outbox;
  private Uplink uplink;
  private volatile Optional<Crowding.Crowd> crowd = Optional.empty();
  private volatile Optional<Instant> unheard = Optional.empty();
  private final AttachedBroker broker =
      new AttachedBroker() {
        @Override
        public BrokerState state() {
          return new BrokerState(
              "mqtt://127.0.0.1:1", BrokerState.BrokerLink.AWAY, TestOutbox.NOON, null, 0);
        }

        @Override
        public Optional<Instant> unheardSince() {
          return unheard;
        }
      };

  @BeforeEach
  void open() {
    hub.open();
    box = new TestOutbox(folder);
    outbox = box.outbox();
    AgentSettings gateway = new AgentSettings(folder, TestOutbox.GATEWAY);
    uplink =
        new Uplink(
            outbox,
            outbox,
            hub.address(),
            gateway,
            TestSettings.quick(Map.of()),
            new Registry(gateway),
            () -> crowd,
            Optional.of(broker),
            Clock.systemUTC(),
            new LivingThreads(Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    uplink.stop();
    box.close();
    hub.close();
  }

  @Test
  void saysWithEverythingWhatIsWrongHereAndNothingOnceAllIsWell() throws Exception {
    crowd = Optional.of(new Crowding.Crowd(5_000, 3, TestOutbox.NOON));
    uplink.start();
    box.takeBulk(1, 1);
    box.awaitEmpty();
    assertThat(hub.troubles())
        .as("beside the status and the batch")
        .hasSizeGreaterThan(1)
        .containsOnly("places-taken " + TestOutbox.NOON.toEpochMilli());

    crowd = Optional.empty();
    box.takeBulk(2, 2);
    box.awaitEmpty();
    assertThat(hub.troubles()).endsWith("");
  }

  @Test
  void saysThatItHearsNoDeviceBecauseItsBrokerIsAway() throws Exception {
    uplink.start();
    await().until(() -> uplink.state().link() == UplinkState.HubLink.CONNECTED);
    assertThat(hub.troubles()).containsOnly("");

    unheard = Optional.of(TestOutbox.NOON);
    hub.tell(new byte[] {1});
    await()
        .until(
            () -> hub.troubles().getLast().equals("broker-away " + TestOutbox.NOON.toEpochMilli()));

    unheard = Optional.empty();
    hub.tell(new byte[] {1});
    await().until(() -> hub.troubles().getLast().isEmpty());
  }

  @Test
  void saysThatItTakesNothingThoughItCanSendNoBatch() throws Exception {
    uplink.start();
    await().until(() -> uplink.state().link() == UplinkState.HubLink.CONNECTED);
    assertThat(hub.troubles()).containsOnly("");

    Path database = folder.resolve("outbox.db");
    Path aside = folder.resolve("aside.db");
    Files.move(database, aside);
    await().until(() -> outbox.state() instanceof OutboxState.Refusing);
    String since = since();
    hub.tell(new byte[] {1});
    await().until(() -> hub.troubles().getLast().equals("takes-nothing " + since));

    Files.move(aside, database);
    await().until(() -> outbox.state() instanceof OutboxState.Working);
    int before = hub.troubles().size();
    hub.tell(new byte[] {1});
    await().until(() -> hub.troubles().size() > before);
    assertThat(hub.troubles().getLast())
        .as("it may be so again in a moment")
        .isEqualTo("takes-nothing " + since);
  }

  private String since() {
    return outbox.state() instanceof OutboxState.Refusing refusing
        ? Long.toString(refusing.since().toEpochMilli())
        : "it takes what comes";
  }
}
