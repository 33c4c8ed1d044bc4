package org.linli.edge.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Refusals;
import org.linli.edge.intake.Reply;
import org.linli.edge.liveness.Liveness;
import org.linli.edge.liveness.LivenessSettings;
import org.linli.edge.liveness.PresenceReporter;
import org.linli.edge.liveness.PresenceSettings;
import org.linli.edge.outbox.Outbox;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;

class EdgeFlowTest {

  private final FakeOutbox outbox = new FakeOutbox();
  private final Liveness liveness = new Liveness(new LivenessSettings(2));
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final OwnEntrance own = new OwnEntrance(camel);
  private final PresenceReporter presence =
      new PresenceReporter(
          new LivenessSettings(2),
          new PresenceSettings(Duration.ofSeconds(30)),
          own,
          () -> Map.of(new DeviceId("gate-1"), Kind.ACCESS),
          InstantSource.system());
  private final Entrance entrance =
      new Entrance(
          camel,
          new EdgeFlow(
              TestProfiles.profiles(KnownDevices.NONE), liveness, presence, outbox, new Mishaps()),
          own,
          new Refusals(new SimpleMeterRegistry()));
  private final RecordingReply reply = new RecordingReply();

  @BeforeEach
  void start() {
    entrance.start();
  }

  @AfterEach
  void stop() {
    entrance.stop();
    camel.stop();
  }

  @Test
  void bringsAMessageThroughProfileAndLivenessToTheOutbox() {
    entrance.accept(message("door-1", "{\"type\":\"door.opened\"}"));

    assertThat(outbox.offered)
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.type(Interpreted.Understood.class))
        .satisfies(
            read ->
                assertThat(read.events().getFirst().device()).isEqualTo(new DeviceId("door-1")));
    assertThat(liveness.devices(10))
        .extracting(Liveness.LastSeen::device)
        .containsExactly(new DeviceId("door-1"));
    assertThat(reply.said).as("only the outbox answers").isEmpty();
  }

  @Test
  void bringsWhatTheGatewaySaysItselfToTheOutboxBeforeWhatTheDeviceSaid() {
    entrance.accept(message("gate-1", "{\"type\":\"door.opened\"}"));

    assertThat(outbox.offered)
        .extracting(offered -> ((Interpreted.Understood) offered).events().getFirst().type())
        .containsExactly(new EventType("device.online"), new EventType("door.opened"));
  }

  @Test
  void bringsItThereOnTheWayOfTheMessage() {
    own.close();
    entrance.accept(message("gate-1", "{\"type\":\"door.opened\"}"));

    assertThat(outbox.offered)
        .extracting(offered -> ((Interpreted.Understood) offered).events().getFirst().type())
        .containsExactly(new EventType("device.online"), new EventType("door.opened"));
  }

  @Test
  void bringsAMessageToTheOutboxAlthoughWhatTheGatewaySaysFails() {
    outbox.failsOnce = true;
    entrance.accept(message("gate-1", "{\"type\":\"door.opened\"}"));

    assertThat(outbox.offered)
        .extracting(offered -> ((Interpreted.Understood) offered).events().getFirst().type())
        .containsExactly(new EventType("door.opened"));
    entrance.accept(message("gate-1", "{\"type\":\"door.opened\"}"));
    assertThat(outbox.offered)
        .extracting(offered -> ((Interpreted.Understood) offered).events().getFirst().type())
        .containsExactly(
            new EventType("door.opened"),
            new EventType("device.online"),
            new EventType("door.opened"));
  }

  @Test
  void saysItAgainWhereTheRoutesWereNotThere() {
    entrance.stop();
    own.say(ownStatement());

    assertThat(reply.said).containsExactly("unavailable");
    assertThat(outbox.offered).isEmpty();
  }

  @Test
  void bringsWhatCannotBeReadToTheOutboxAsWell() {
    entrance.accept(message("door-1", "door opened"));

    assertThat(outbox.offered).singleElement().isInstanceOf(Interpreted.Refused.class);
    assertThat(liveness.devices(10)).as("noise is no sign of life").isEmpty();
  }

  @Test
  void asksTheDeviceToComeAgainWhenSomethingFailsUnforeseen() {
    outbox.fails = true;

    entrance.accept(message("door-1", "{\"type\":\"door.opened\"}"));

    assertThat(reply.said).containsExactly("unavailable");
  }

  @Test
  void asksTheDeviceToComeAgainWhileTheRoutesAreNotThere() {
    camel.stop();
    entrance.accept(message("door-1", "{\"type\":\"door.opened\"}"));
    entrance.stop();
    entrance.accept(message("door-1", "{\"type\":\"door.opened\"}"));

    assertThat(reply.said).containsExactly("unavailable", "unavailable");
    assertThat(outbox.offered).isEmpty();
  }

  @Test
  void namesEveryHop() {
    assertThat(camel.getRoutes()).extracting(route -> route.getId()).contains("message");
    for (String hop : List.of("profile", "liveness", "outbox")) {
      assertThat(camel.getProcessor(hop)).as(hop).isNotNull();
    }
  }

  @Test
  void forgetsTheDeviceThatWasSilentLongest() {
    for (String device : List.of("door-1", "door-2", "door-1", "door-3")) {
      entrance.accept(message(device, "{\"type\":\"door.opened\"}"));
    }

    assertThat(liveness.devices(10))
        .extracting(seen -> seen.device().value())
        .containsExactly("door-3", "door-1");
  }

  private Message message(String device, String json) {
    return new Message(
        "mqtt://" + device,
        new Address.Device(Address.Format.LINLI_JSON, "access", device),
        json.getBytes(StandardCharsets.UTF_8),
        Instant.parse("2026-11-23T05:16:00Z"),
        reply);
  }

  private Interpreted.Understood ownStatement() {
    Instant now = Instant.parse("2026-11-23T05:16:00Z");
    return new Interpreted.Understood(
        message("door-1", ""),
        List.of(
            new DeviceEvent(
                new DeviceId("door-1"),
                Kind.ACCESS,
                new EventType("device.offline"),
                null,
                now,
                null,
                now,
                Values.NONE)));
  }

  private static final class RecordingReply implements Reply {
    private final List<String> said = new ArrayList<>();

    @Override
    public void taken() {
      said.add("taken");
    }

    @Override
    public void refused(Refusal refusal) {
      said.add("refused");
    }

    @Override
    public void unavailable(String why) {
      said.add("unavailable");
    }
  }

  /** Keeps what it is offered, answers nobody. */
  private static final class FakeOutbox implements Outbox {
    private final List<Interpreted> offered = new ArrayList<>();
    private boolean fails;
    private boolean failsOnce;

    @Override
    public void offer(Interpreted interpreted) {
      boolean failsNow = fails || failsOnce;
      failsOnce = false;
      if (failsNow) {
        throw new IllegalStateException("unforeseen");
      }
      offered.add(interpreted);
    }
  }
}
