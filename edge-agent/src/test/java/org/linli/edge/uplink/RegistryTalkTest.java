package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.profile.UnregisteredDevice;
import org.linli.edge.registry.Registry;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.GatewayTrouble;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Values;

/** When a gateway whose devices send nothing that can be read tells the hub so. */
class RegistryTalkTest {

  @TempDir private Path folder;

  private final AtomicLong now = new AtomicLong(1_000);
  private final AtomicLong deadLetters = new AtomicLong();
  private Map<GatewayTrouble, Instant> troubles = Map.of();
  private final List<Long> reports = new ArrayList<>();

  /** Writes down when something is reported. */
  private final HubSender link =
      new HubSender() {
        @Override
        public void announce() {}

        @Override
        public void report(byte[] equipment) {
          reports.add(now.get());
        }

        @Override
        public LaneWindow.Delivery send(Lane lane, byte[] batch, Backlog behind) {
          throw new AssertionError("nothing waits");
        }
      };

  private Registry registry() {
    return new Registry(new AgentSettings(folder, TestOutbox.GATEWAY));
  }

  private RegistryTalk talk() {
    return talk(registry());
  }

  private RegistryTalk talk(Registry registry) {
    return new RegistryTalk(registry, deadLetters::get, () -> troubles, now::get);
  }

  @Test
  void tellsOfDeadLettersThoughNothingElseGoesAndNotTooOften() throws Exception {
    RegistryTalk talk = talk();
    talk.besideSaid();
    talk.heard(new byte[] {1});
    talk.say(link);
    assertThat(reports).as("what the hub told is answered").hasSize(1);

    deadLetters.set(1);
    pass(talk, RegistryTalk.BESIDE_PAUSE.minusNanos(1));
    assertThat(reports).hasSize(1);
    pass(talk, Duration.ofNanos(1));
    assertThat(reports).hasSize(2);

    for (int second = 0; second < 300; second++) {
      deadLetters.incrementAndGet();
      pass(talk, Duration.ofSeconds(1));
    }
    assertThat(reports).hasSize(2 + 10);

    pass(talk, RegistryTalk.BESIDE_PAUSE);
    assertThat(reports).as("there are no more").hasSize(2 + 10);
  }

  @Test
  void tellsThatSomethingIsWrongAndThatItIsWellAgainThoughNothingElseGoes() throws Exception {
    RegistryTalk talk = talk();
    talk.besideSaid();
    talk.heard(new byte[] {1});
    talk.say(link);
    pass(talk, RegistryTalk.BESIDE_PAUSE);
    assertThat(reports).as("what the hub told is answered").hasSize(1);

    troubles = Map.of(GatewayTrouble.TAKES_NOTHING, TestOutbox.NOON);
    pass(talk, Duration.ofSeconds(1));
    assertThat(reports).as("nothing went for so long that it need not wait").hasSize(2);
    pass(talk, RegistryTalk.BESIDE_PAUSE);
    assertThat(reports).as("it goes on").hasSize(2);

    troubles = Map.of();
    pass(talk, Duration.ofSeconds(1));
    assertThat(reports).hasSize(3);
    troubles = Map.of(GatewayTrouble.DISK_FULL, TestOutbox.NOON);
    pass(talk, Duration.ofSeconds(1));
    assertThat(reports).as("not too often").hasSize(3);
    pass(talk, RegistryTalk.BESIDE_PAUSE);
    assertThat(reports).hasSize(4);
  }

  @Test
  void saysAgainWhatGoesOnAsTheHubMayHaveHadNoUseForItBefore() throws Exception {
    RegistryTalk talk = talk();
    talk.besideSaid();
    talk.heard(new byte[] {1});
    troubles = Map.of(GatewayTrouble.TAKES_NOTHING, TestOutbox.NOON);
    talk.say(link);
    assertThat(reports).hasSize(1);

    pass(talk, RegistryTalk.SIGNS_PAUSE.minusNanos(1));
    assertThat(reports).hasSize(1);
    pass(talk, Duration.ofNanos(1));
    assertThat(reports).hasSize(2);
    pass(talk, RegistryTalk.SIGNS_PAUSE);
    assertThat(reports).hasSize(3);

    troubles = Map.of();
    pass(talk, RegistryTalk.BESIDE_PAUSE);
    pass(talk, RegistryTalk.SIGNS_PAUSE.multipliedBy(3));
    assertThat(reports).as("nothing is wrong any more").hasSize(4);
  }

  @Test
  void reportsThatStrangersSpeakThoughSomethingIsWrongAndBatchesSayThat() throws Exception {
    Registry registry = registry();
    RegistryTalk talk = talk(registry);
    talk.besideSaid();
    talk.heard(new byte[] {1});
    meet(registry);
    talk.say(link);
    assertThat(reports).hasSize(1);

    troubles = Map.of(GatewayTrouble.PLACES_TAKEN, TestOutbox.NOON);
    for (int minute = 0; minute < 10; minute++) {
      talk.besideSaid();
      meet(registry);
      pass(talk, Duration.ofMinutes(1));
    }
    assertThat(reports).as("every five minutes").hasSize(1 + 2);
  }

  private static void meet(Registry registry) {
    registry.met(
        new UnregisteredDevice(
            "zigbee2mqtt",
            "cellar/leak",
            KindFrom.PROFILE,
            new DeviceEvent(
                new DeviceId("cellar:leak"),
                Kind.ENVIRONMENT,
                TestOutbox.OPENED,
                null,
                TestOutbox.NOON,
                null,
                TestOutbox.NOON,
                Values.NONE)));
  }

  @Test
  void saysNothingWhereABatchHasSaidItOrTheHubKnowsNoReports() throws Exception {
    RegistryTalk talk = talk();
    talk.besideSaid();
    deadLetters.set(1);
    pass(talk, RegistryTalk.BESIDE_PAUSE.multipliedBy(2));
    assertThat(reports).as("an older hub would close the connection").isEmpty();

    talk.heard(new byte[] {1});
    talk.say(link);
    deadLetters.set(2);
    talk.besideSaid();
    pass(talk, RegistryTalk.BESIDE_PAUSE);
    assertThat(reports).hasSize(1);
  }

  private void pass(RegistryTalk talk, Duration time) throws Exception {
    now.addAndGet(time.toNanos());
    talk.say(link);
  }
}
