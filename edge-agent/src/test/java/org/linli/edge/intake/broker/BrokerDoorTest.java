package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.BrokerState.BrokerLink;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Origin;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;

/** What the door does with messages, its link and its session. */
class BrokerDoorTest extends AtTheBroker {

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

  /** A publisher may add any user property. */
  @Test
  void takesNobodysWordForItThatSomethingWasCut() throws Exception {
    attached();

    device().publishWith(TOPIC, "small", "linli-cut", "fits 300000");
    device().publishWith(TOPIC, "small", "linli-cut", "beginning 300000");

    for (int i = 0; i < 2; i++) {
      Message message = intake.next();
      assertThat(message.cut()).isNull();
      assertThat(message.refusal()).isNull();
      message.reply().taken();
    }
  }

  /** The broker would throw away what is larger than it is told, and nobody would hear of it. */
  @Test
  void takesWhatIsLargerThanWhatIsKept() throws Exception {
    BrokerDoor door = attached();
    String picture = "{\"type\":\"door.forced\",\"values\":{\"image\":\"%s\",\"n\":1}}";
    String numbers = "[1,2],".repeat(40_000) + "{\"smoke\":true}";

    device().publish(TOPIC, picture.formatted("A".repeat(300_000)), 1);
    device().publish(TOPIC, numbers, 0);
    device().publish(TOPIC, "small", 1);

    Message cut = intake.next();
    assertThat(cut.refusal()).isNull();
    assertThat(new String(cut.payload(), StandardCharsets.UTF_8))
        .isEqualTo(picture.formatted("linli-cut-0000300000"));
    assertThat(cut.cut()).contains("was not kept");
    Message beginning = intake.next();
    assertThat(beginning.refusal())
        .extracting(refusal -> refusal == null ? null : refusal.reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(new String(beginning.payload(), StandardCharsets.UTF_8))
        .startsWith("[1,2],")
        .endsWith("\nsmoke")
        .hasSize(1_024 + 6);
    assertThat(beginning.size()).isGreaterThan(numbers.length());
    assertThat(beginning.destination()).isEqualTo(TOPIC);
    assertThat(intake.next().payload()).asString().isEqualTo("small");
    cut.reply().taken();
    assertThat(door.state().link()).isEqualTo(BrokerLink.ATTACHED);
  }

  @Test
  void handsInNoMoreThanTheReceiveMaximum() throws Exception {
    BrokerDoor door = door(3);
    awaitLink(door, BrokerLink.ATTACHED);
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
  void waitsForABrokerThatIsAbsentAtItsStart() throws Exception {
    intake.answerAtOnce();
    broker.kill();
    BrokerDoor door = door();
    assertThat(door.isRunning()).isTrue();
    awaitLink(door, BrokerLink.AWAY);
    broker.start();
    awaitLink(door, BrokerLink.ATTACHED);
    device().publish(TOPIC, "first", 1);
    intake.awaitPayloads("first");
  }

  @Test
  void takesARetainedMessageWithANewSessionOnlyAndAsNoSignOfLife() throws Exception {
    device().publish(TOPIC, "kept", 1, true);
    attached();
    Message first = intake.next();
    assertThat(first.origin()).isEqualTo(Origin.RETAINED);
    first.reply().taken();
    doors.getLast().stop();

    attached();
    device().publish(TOPIC, "live", 1, true);
    Message live = intake.next();
    assertThat(live.payload()).as("not the retained one again").asString().isEqualTo("live");
    assertThat(live.origin()).isEqualTo(Origin.BROKER);
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
