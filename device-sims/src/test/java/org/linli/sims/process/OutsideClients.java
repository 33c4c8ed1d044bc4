package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.elements.exception.ConnectorException;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Equipment that others wrote: Mosquitto's and libcoap's clients where they are installed, Paho and
 * Californium otherwise.
 */
final class OutsideClients {

  private final Neighbourhood neighbourhood;

  OutsideClients(Neighbourhood neighbourhood) {
    this.neighbourhood = neighbourhood;
  }

  /** Publishes to the gateway at QoS 1 and returns when the PUBACK came. */
  void publish(String mqttVersion, String topic, String json)
      throws IOException, InterruptedException {
    publish("127.0.0.1", neighbourhood.agentMqtt(), mqttVersion, topic, json);
  }

  /** Publishes to whoever listens there at QoS 1 and returns when the PUBACK came. */
  static void publish(String host, int port, String mqttVersion, String topic, String json)
      throws IOException, InterruptedException {
    if (installed("mosquitto_pub")) {
      run(
          "mosquitto_pub",
          "-h",
          host,
          "-p",
          Integer.toString(port),
          "-V",
          mqttVersion,
          "-q",
          "1",
          "-t",
          topic,
          "-m",
          json);
    } else {
      publishWithPaho(host, port, topic, json);
    }
  }

  /** Posts a confirmable message and returns when it was answered with 2.04. */
  void post(String path, String json) throws IOException, InterruptedException {
    if (installed("coap-client-notls")) {
      String answer =
          run(
              "coap-client-notls",
              "-m",
              "post",
              "-t",
              "application/json",
              "-v",
              "6",
              "-e",
              json,
              neighbourhood.agentCoapUri() + "/" + path);
      assertThat(answer).contains("2.04");
    } else {
      postWithCalifornium(path, json);
    }
  }

  private static void publishWithPaho(String host, int port, String topic, String json) {
    try {
      MqttClient client =
          new MqttClient("tcp://" + host + ":" + port, "by-hand", new MemoryPersistence());
      client.connect();
      client.publish(topic, json.getBytes(StandardCharsets.UTF_8), 1, false);
      client.disconnect();
      client.close();
    } catch (MqttException e) {
      throw new AssertionError(e);
    }
  }

  private void postWithCalifornium(String path, String json) throws IOException {
    CoapClient client = new CoapClient(neighbourhood.agentCoapUri() + "/" + path);
    try {
      CoapResponse response = client.post(json, MediaTypeRegistry.APPLICATION_JSON);
      assertThat(response).isNotNull();
      assertThat(response.getCode()).hasToString("2.04");
    } catch (ConnectorException e) {
      throw new IOException(e);
    } finally {
      client.shutdown();
    }
  }

  /**
   * Skips a test where a program is missing, and says which; fails it where everything has to be
   * there.
   */
  static void require(String program) throws IOException, InterruptedException {
    requireThat(installed(program), program + " is not installed");
  }

  /** Skips a test unless something is so; fails it where everything has to be there. */
  static void requireThat(boolean there, String otherwise) {
    if ("true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS"))) {
      assertThat(there).as(otherwise).isTrue();
    }
    assumeThat(there).as(otherwise).isTrue();
  }

  private static boolean installed(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + program)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** What a program writes until it ends, in time and with 0. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(command[0]).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command[0], output).isZero();
    return output;
  }
}
