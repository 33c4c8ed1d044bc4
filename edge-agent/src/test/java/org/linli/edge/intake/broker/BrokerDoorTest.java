package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.BrokerState.Link;
import org.linli.edge.intake.ConnectedReply;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

/** The door at a real Mosquitto, with the disk's answers in the test's hands. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class BrokerDoorTest {

  private static final String ME = "linli-gateway-1";
  private static final String TOPIC = "linli/access/door-1";

  @TempDir private Path folder;

  private final List<BrokerDoor> doors = new ArrayList<>();
  private final HeldIntake intake = new HeldIntake();
  private Mosquitto broker;
  private @Nullable BrokerClient device;

  @BeforeEach
  void start() throws Exception {
    broker = Mosquitto.start(folder.resolve("broker"));
  }

  @AfterEach
  void stop() throws Exception {
    doors.forEach(BrokerDoor::stop);
    if (device != null) {
      device.close();
    }
    broker.close();
  }

  private static ConditionFactory await() {
    return Awaitility.await().pollInterval(Duration.ofMillis(10));
  }

  private BrokerDoor door(String... topics) throws Exception {
    return door(8, topics);
  }

  private BrokerDoor door(int inFlight, String... topics) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    BrokerDoor door =
        new BrokerDoor(
            new BrokerSettings(
                broker.uri(),
                null,
                null,
                null,
                Duration.ofHours(1),
                inFlight,
                DataSize.ofKilobytes(64),
                topics.length == 0 ? List.of("linli/+/+") : List.of(topics),
                Duration.ofMillis(50),
                Duration.ofMillis(400),
                Duration.ofMillis(300)),
            ME,
            data,
            intake,
            Clock.systemUTC());
    doors.add(door);
    door.start();
    return door;
  }

  private BrokerDoor attached() throws Exception {
    BrokerDoor door = door();
    awaitLink(door, Link.ATTACHED);
    return door;
  }

  private static void awaitLink(BrokerDoor door, Link link) {
    await().untilAsserted(() -> assertThat(door.state().link()).isEqualTo(link));
  }

  private BrokerClient device() throws Exception {
    BrokerClient made = device;
    if (made == null) {
      made = BrokerClient.device(broker, "door-1");
      device = made;
    }
    return made;
  }

  @Test
  void leavesWithTheBrokerWhatIsNotAcknowledged() throws Exception {
    attached();
    device().publish(TOPIC, "one", 1);
    Message held = intake.next();

    try (BrokerClient other = BrokerClient.inPlaceOf(ME, broker)) {
      MqttMessage again = Objects.requireNonNull(other.receive(5_000), "still at the broker");
      assertThat(again.getPayload()).asString().isEqualTo("one");
    }

    intake.next();
    held.reply().taken();
    assertThat(intake.payloads()).containsExactly("one", "one");
  }

  @Test
  void acknowledgesInTheOrderOfArrivalWhateverIsAnsweredFirst() throws Exception {
    BrokerDoor door = attached();
    for (String payload : List.of("one", "two", "three")) {
      device().publish(TOPIC, payload, 1);
    }
    Message one = intake.next();
    Message two = intake.next();
    Message three = intake.next();
    three.reply().taken();
    two.reply().refused(new Refusal(RefusalReason.NOT_JSON, "line 1"));
    door.stop();

    try (BrokerClient other = BrokerClient.inPlaceOf(ME, broker)) {
      for (String payload : List.of("one", "two", "three")) {
        MqttMessage again = Objects.requireNonNull(other.receive(5_000), payload);
        assertThat(again.getPayload()).asString().isEqualTo(payload);
      }
    }
    one.reply().taken();
  }

  @Test
  void acknowledgesWhatIsTakenOrRefused() throws Exception {
    BrokerDoor door = attached();
    device().publish(TOPIC, "one", 1);
    device().publish(TOPIC, "two", 1);
    intake.next().reply().taken();
    intake.next().reply().refused(new Refusal(RefusalReason.NOT_JSON, "line 1"));
    door.stop();

    try (BrokerClient other = BrokerClient.inPlaceOf(ME, broker)) {
      assertThat(other.receive(300)).as("nothing is left with the broker").isNull();
    }
  }

  @Test
  void endsTheConnectionWithoutAcknowledgingWhatCannotBeKeptNow(CapturedOutput console)
      throws Exception {
    attached();
    device().publish(TOPIC, "one", 1);
    device().publish(TOPIC, "two", 1);
    Message one = intake.next();
    intake.next().reply().taken();
    one.reply().unavailable("the disk is full");

    assertThat(intake.next().payload()).asString().isEqualTo("one");
    assertThat(intake.next().payload()).asString().isEqualTo("two");
    assertThat(console.getOut())
        .contains("so that it sends again what was not kept: the disk is full");
  }

  @Test
  void handsInNoMoreThanTheReceiveMaximum() throws Exception {
    BrokerDoor door = door(3);
    awaitLink(door, Link.ATTACHED);
    for (int i = 1; i <= 10; i++) {
      device().publish(TOPIC, "n" + i, 1);
    }
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(5))
        .until(() -> intake.waiting() == 3);
    for (int i = 1; i <= 10; i++) {
      Message next = intake.next();
      assertThat(next.payload()).asString().isEqualTo("n" + i);
      next.reply().taken();
    }
  }

  @Test
  void boundsWhatWaitsAtQos0ByItsBytes() throws Exception {
    attached();
    String large = "x".repeat(60_000);
    Thread flood =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 40; i++) {
                    publishQuietly(large);
                  }
                });
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(5))
        .until(() -> intake.waiting() > 0 && intake.waiting() <= (1 << 20) / 60_000);
    while (intake.waiting() > 0 || flood.isAlive()) {
      if (intake.waiting() > 0) {
        intake.next().reply().taken();
      }
      Thread.onSpinWait();
    }
    flood.join();
  }

  private void publishQuietly(String payload) {
    try {
      device().publish(TOPIC, payload, 0);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void takesWhatCameWhileItWasAway() throws Exception {
    intake.answerAtOnce();
    attached().stop();
    IntStream.rangeClosed(1, 30).forEach(i -> publishOnce("n" + i));

    attached();

    intake.awaitPayloads(
        IntStream.rangeClosed(1, 30).mapToObj(i -> "n" + i).toArray(String[]::new));
  }

  private void publishOnce(String payload) {
    try {
      device().publish(TOPIC, payload, 1);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noticesThatTheBrokerHasForgottenItsSession(CapturedOutput console) throws Exception {
    BrokerDoor first = attached();
    assertThat(first.state().sessionsLost()).as("the first visit loses nothing").isZero();
    first.stop();
    assertThat(attached().state().sessionsLost()).as("the session was kept").isZero();
    doors.getLast().stop();
    assertThat(console.getOut()).doesNotContain("has forgotten");

    BrokerClient.forget(ME, broker);
    BrokerDoor again = attached();

    await().untilAsserted(() -> assertThat(again.state().sessionsLost()).isEqualTo(1));
    assertThat(console.getOut())
        .contains("The broker has forgotten the session of this gateway")
        .contains("is lost unless they send it again");
    device().publish(TOPIC, "subscribed again", 1);
    assertThat(intake.next().payload()).asString().isEqualTo("subscribed again");
  }

  @Test
  void comesBackToABrokerThatWasRestarted(CapturedOutput console) throws Exception {
    BrokerDoor door = attached();
    intake.answerAtOnce();
    broker.kill();
    awaitLink(door, Link.AWAY);
    assertThat(console.getOut()).contains("The broker at " + broker.uri() + " is away (");
    broker.start();
    awaitLink(door, Link.ATTACHED);
    assertThat(door.state().sessionsLost()).as("nothing is persisted there").isEqualTo(1);
    device().publish(TOPIC, "after", 1);
    intake.awaitPayloads("after");
  }

  @Test
  void waitsForABrokerThatIsAbsentAtItsStart() throws Exception {
    intake.answerAtOnce();
    broker.kill();
    BrokerDoor door = door();
    assertThat(door.isRunning()).isTrue();
    awaitLink(door, Link.AWAY);
    broker.start();
    awaitLink(door, Link.ATTACHED);
    device().publish(TOPIC, "first", 1);
    intake.awaitPayloads("first");
  }

  @Test
  void saysThatItIsNotLetIn(CapturedOutput console) throws Exception {
    broker.kill();
    broker.configure("allow_anonymous false");
    broker.start();
    BrokerDoor door = door();

    awaitLink(door, Link.REFUSED);
    assertThat(door.state().problem())
        .isEqualTo(
            "The broker at %s does not let client %s in (0x87): set linli.broker.username and"
                + " linli.broker.password to a user that it knows",
            broker.uri(), ME);
    assertThat(console.getOut()).contains("does not let client");

    broker.kill();
    broker.configure("allow_anonymous true");
    broker.start();
    awaitLink(door, Link.ATTACHED);
  }

  @Test
  void namesTheTopicThatItMayNotReadAndTakesTheOthers(CapturedOutput console) throws Exception {
    broker.kill();
    Files.writeString(
        folder.resolve("security.json"),
        """
        {"defaultACLAccess":{"publishClientSend":true,"publishClientReceive":true,
          "subscribe":false,"unsubscribe":true},
         "anonymousGroup":"all",
         "groups":[{"groupname":"all","roles":[{"rolename":"doors"}]}],
         "roles":[{"rolename":"doors","acls":[
           {"acltype":"subscribePattern","topic":"linli/access/+","allow":true}]}],
         "clients":[]}
        """);
    broker.configure(
        "plugin /usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so",
        "plugin_opt_config_file " + folder.resolve("security.json"));
    broker.start();
    intake.answerAtOnce();
    BrokerDoor door = door("linli/access/+", "linli/camera/+");

    awaitLink(door, Link.REFUSED);
    assertThat(door.state().problem())
        .isEqualTo(
            "The broker at %s refuses the subscription to linli/camera/+ (0x87, not authorized):"
                + " let this gateway's user read it there, or change linli.broker.topics",
            broker.uri());
    device().publish(TOPIC, "from a door", 1);
    intake.awaitPayloads("from a door");
    await()
        .during(Duration.ofMillis(700))
        .atMost(Duration.ofSeconds(5))
        .until(() -> door.state().link() == Link.REFUSED);
    assertThat(
            console
                .getOut()
                .lines()
                .filter(line -> line.contains("ERROR") && line.contains("linli/camera/+")))
        .as("asked again, and said once")
        .hasSize(1);
  }

  @Test
  void takesARetainedMessageWithANewSessionOnlyAndAsNoSignOfLife() throws Exception {
    device().publish(TOPIC, "kept", 1, true);
    attached();
    Message first = intake.next();
    assertThat(((ConnectedReply) first.reply()).connection()).isEqualTo(ConnectedReply.LEFT_BEHIND);
    first.reply().taken();
    doors.getLast().stop();

    attached();
    device().publish(TOPIC, "live", 1, true);
    Message live = intake.next();
    assertThat(live.payload()).as("not the retained one again").asString().isEqualTo("live");
    assertThat(((ConnectedReply) live.reply()).connection()).isZero();
    live.reply().taken();
  }

  @Test
  void answersForWhatItHandedInBeforeItStops() throws Exception {
    BrokerDoor door = attached();
    device().publish(TOPIC, "last", 1);
    Message last = intake.next();
    Thread stopping = Thread.ofVirtual().start(door::stop);
    await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
    last.reply().taken();
    stopping.join();

    try (BrokerClient other = BrokerClient.inPlaceOf(ME, broker)) {
      assertThat(other.receive(300)).as("acknowledged on the way out").isNull();
    }
  }
}
