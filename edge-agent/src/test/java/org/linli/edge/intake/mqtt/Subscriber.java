package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.command.Commands;
import org.linli.edge.command.Commands.Setting;

/** A device that hears its commands, and whoever sets them. */
final class Subscriber {

  private final RawDevice device;

  Subscriber(RawDevice device) {
    this.device = device;
  }

  /** A PUBLISH as it came. */
  record Delivered(int qos, boolean retain, boolean again, int packetId, String content) {}

  static String topic(String device) {
    return "linli/access/" + device + "/command";
  }

  static CommandAddress address(String topic) {
    return CommandAddress.ofTopic(topic).orElseThrow();
  }

  /** Returns when the command is on disk. */
  static void command(Commands commands, String topic, String content) {
    assertThat(commands.set(address(topic), content.getBytes(StandardCharsets.UTF_8), 1_000).join())
        .isInstanceOf(Setting.Kept.class);
  }

  RawDevice device() {
    return device;
  }

  /** Subscribes and reads the SUBACK, which comes before anything else. */
  int subscribe(String topic, int qos) throws IOException {
    return subscribe(topic, qos, false, 0);
  }

  int subscribe(String topic, int qos, boolean asPublished, int retainHandling) throws IOException {
    device.subscribe(7, topic, qos, asPublished, retainHandling);
    int[] answer = device.read();
    assertThat(answer).startsWith(0x90).containsSequence(0, 7);
    return answer[answer.length - 1];
  }

  Delivered delivered(String topic) throws IOException {
    int[] packet = device.read();
    assertThat(packet).as("a PUBLISH").isNotEmpty();
    assertThat(packet[0] >> 4).as("a PUBLISH").isEqualTo(3);
    int qos = packet[0] >> 1 & 3;
    int at = 2 + 2 + (packet[2] << 8 | packet[3]);
    assertThat(text(packet, 4, at)).isEqualTo(topic);
    int packetId = 0;
    if (qos > 0) {
      packetId = packet[at] << 8 | packet[at + 1];
      at += 2;
    }
    if (device.version() == 5) {
      assertThat(packet[at]).as("no properties").isZero();
      at++;
    }
    return new Delivered(
        qos, (packet[0] & 1) == 1, (packet[0] & 8) == 8, packetId, text(packet, at, packet.length));
  }

  /** Nothing has come until PINGRESP, which would come after it. */
  void expectNothing() throws IOException {
    device.send(0xc0, 0);
    assertThat(device.read()).containsExactly(0xd0, 0);
  }

  private static String text(int[] packet, int from, int to) {
    byte[] bytes = new byte[to - from];
    int[] part = Arrays.copyOfRange(packet, from, to);
    for (int i = 0; i < part.length; i++) {
      bytes[i] = (byte) part[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
