package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionTest {

  @RegisterExtension
  static final MqttGateway gateway =
      new MqttGateway("--linli.mqtt.in-flight=16", "--linli.mqtt.max-message-size=64KB");

  @Test
  void letsAnybodySubscribeToTheCommandsOfItsOwnNameOnly() throws Exception {
    RawDevice old = gateway.raw("listener");
    old.subscribe(1, "a/#", 0);
    assertThat(old.read()).containsExactly(0x90, 3, 0, 1, 0x80);
    old.subscribe(3, "linli/access/other/command", 1);
    assertThat(old.read()).containsExactly(0x90, 3, 0, 3, 0x80);
    old.subscribe(4, "linli/access/listener/command", 1);
    assertThat(old.read()).containsExactly(0x90, 3, 0, 4, 1);
    old.send(0xa2, 7, 0, 2, 0, 3, 'a', '/', '#');
    assertThat(old.read()).containsExactly(0xb0, 2, 0, 2);

    PahoDevice modern = gateway.paho("listener-5");
    IMqttToken asked = modern.client().subscribe("linli/access/door-1", 1);
    await().until(() -> asked.isComplete() || asked.getException() != null);
    assertThat(asked.getReasonCodes()).containsExactly(0x87);
  }

  @Test
  void letsANewConnectionWithTheSameNameTakeOver() throws Exception {
    PahoDevice first = gateway.paho("twin");
    gateway.paho("twin");

    await().untilAsserted(() -> assertThat(first.disconnects()).containsExactly(0x8e));
  }

  @Test
  void answersPingsAndTurnsProtocolErrorsAway() throws Exception {
    RawDevice device = gateway.raw("pinging");
    device.send(0xc0, 0);
    assertThat(device.read()).containsExactly(0xd0, 0);
    device.send(0x36, 2, 0, 0);
    assertThat(device.read()).as("there is no QoS 3").isEmpty();

    try (Socket unconnected = new Socket("127.0.0.1", gateway.running().mqttPort())) {
      unconnected.setSoTimeout(5_000);
      unconnected
          .getOutputStream()
          .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(unconnected.getInputStream().read()).isEqualTo(-1);
    }
  }
}
