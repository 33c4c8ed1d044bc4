package org.linli.hub.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.linli.hub.gateway.broker.BrokerSignals.Signal;
import org.linli.hub.gateway.entrance.GatewayMessage;

class BrokerSignalsTest {

  private static final int LARGE = 100_000;

  private final BrokerSignals signals = new BrokerSignals(10 * LARGE);

  private boolean arrives(int bytes) {
    return signals.arrived(
        "linli/v1/gateway-1/bulk", GatewayMessage.of(new MqttMessage(new byte[bytes])));
  }

  private List<Signal> taken() throws InterruptedException {
    List<Signal> taken = new ArrayList<>();
    for (Signal next = signals.next(Duration.ZERO);
        next != null;
        next = signals.next(Duration.ZERO)) {
      taken.add(next);
    }
    return taken;
  }

  @Test
  void holdsNoMoreBytesThanItMay() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      assertThat(arrives(LARGE)).isEqualTo(i < 9);
    }
    signals.lost("by the test");

    List<Signal> taken = taken();
    assertThat(taken).hasSize(101);
    assertThat(taken.subList(0, 9)).allMatch(Signal.Message.class::isInstance);
    assertThat(taken.subList(9, 100))
        .allSatisfy(
            signal ->
                assertThat(signal)
                    .isInstanceOfSatisfying(
                        Signal.PassedOver.class,
                        passed -> assertThat(passed.message().payload()).isEmpty()));
    assertThat(taken.getLast()).isEqualTo(new Signal.Lost("by the test"));
  }

  @Test
  void hasRoomAgainForWhatWasTaken() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 5; i++) {
        assertThat(arrives(LARGE)).isTrue();
      }
      assertThat(taken()).hasSize(5);
    }
  }

  @Test
  void takesWhatIsLargerThanAllOfItByItself() throws InterruptedException {
    assertThat(arrives(20 * LARGE)).isTrue();
    assertThat(arrives(1)).isFalse();
    assertThat(taken()).hasSize(2);
    assertThat(arrives(1)).isTrue();
  }

  @Test
  void countsTopicsToo() {
    String topic = "linli/" + "x".repeat(60_000);
    int held = 0;
    for (int i = 0; i < 20; i++) {
      held += signals.arrived(topic, GatewayMessage.of(new MqttMessage(new byte[0]))) ? 1 : 0;
    }
    assertThat(held).isLessThan(10);
  }
}
