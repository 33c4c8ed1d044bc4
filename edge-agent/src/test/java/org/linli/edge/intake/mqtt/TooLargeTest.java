package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;

/** A message that is too large to be read names its topic all the same, as far as it has come. */
class TooLargeTest {

  private static final long HEAP = 256L << 20;

  @ParameterizedTest
  @CsvSource({
    "linli/care/bed-1, 16, linli/care/bed-1",
    "linli/care/bed-1, 15, ''",
    "linli/care/bed-1, 0, ''",
  })
  void namesItsTopic(String topic, int come, String named) {
    List<Message> messages = new ArrayList<>();
    MqttDoor door = LoneDoor.of(HEAP, messages::add);
    EmbeddedSocket socket = LoneDoor.connected(door, door.share(), "client-1");
    byte[] packet = new byte[7 + come];
    System.arraycopy(
        new byte[] {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 16}, 0, packet, 0, 7);
    System.arraycopy(topic.getBytes(StandardCharsets.UTF_8), 0, packet, 7, come);

    LoneDoor.feed(socket, packet);

    assertThat(messages)
        .singleElement()
        .extracting(Message::address)
        .isEqualTo(Address.published(named, "client-1"));
    assertThat(socket.end()).isTrue();
  }
}
