package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.mqtt.RawDevice.Connect;
import org.linli.edge.intake.mqtt.access.TestPassword;

/** Who may come in, publish and subscribe where a clients file says so. */
class RightsTest {

  private static final String OPENED = "{\"type\":\"door.opened\"}";

  private static final String CLIENTS =
      """
      clients:
        - name: panel
          password: %s
          clients: ["panel", "panel-*"]
          publish: ["access/door-1", "elevator/*"]
          read: ["access/door-1"]
      """
          .formatted(TestPassword.HASH);

  @RegisterExtension
  static final MqttGateway gateway = new MqttGateway("--linli.mqtt.clients-file=" + written());

  @ParameterizedTest
  @CsvSource({"4, 4, 5", "5, 0x86, 0x87"})
  void letsNobodyInWithoutARightPassword(int version, int wrong, int unauthorized)
      throws IOException {
    assertThat(answer(new Connect(version, "panel").signIn("panel", "door"))).isEqualTo(wrong);
    assertThat(answer(new Connect(version, "panel").signIn("pane", "dōor"))).isEqualTo(wrong);
    assertThat(answer(new Connect(version, "panel"))).isEqualTo(unauthorized);
    assertThat(answer(new Connect(version, "panel").signIn("panel", "dōor"))).isZero();
    assertThat(answer(new Connect(version, "panel").signIn("panel", "dōor")))
        .as("recognised without the iterations")
        .isZero();
    assertThat(answer(new Connect(version, "panel").signIn("panel", "doors"))).isEqualTo(wrong);
    assertThat(answer(new Connect(version, "other").signIn("panel", "dōor")))
        .as("nobody takes over another's session")
        .isEqualTo(unauthorized);
    assertThat(
            answer(
                new Connect(version, "panel")
                    .signIn("panel", "dōor")
                    .will("linli/access/door-2", OPENED)))
        .as("a will for somebody else")
        .isEqualTo(unauthorized);
  }

  @ParameterizedTest
  @CsvSource({"4", "5"})
  void refusesWhatIsPublishedForAnotherDevice(int version) throws IOException {
    RawDevice panel = panel(version);
    panel.publish(1, 1, "linli/access/door-1", OPENED);
    assertThat(panel.read()).startsWith(0x40, 2, 0, 1);
    panel.publish(1, 2, "linli/elevator/any", OPENED);
    assertThat(panel.read()).startsWith(0x40, 2, 0, 2);
    panel.publish(1, 3, "linli/access/door-11", OPENED);

    int[] answer = panel.read();
    assertThat(answer).startsWith(0x40).containsSequence(0, 3);
    if (version == 5) {
      assertThat(answer[4]).isEqualTo(0x87);
    }
    assertThat(gateway.running().lastDeadLetter().refusal().reason())
        .isEqualTo(RefusalReason.NOT_ALLOWED);
    assertThat(gateway.running().kept("door-11")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4, 0x80", "5, 0x87"})
  void letsAClientSubscribeToTheCommandsOfItsDevicesOnly(int version, int refused)
      throws IOException {
    RawDevice panel = panel(version);
    assertThat(subscribed(panel, "linli/access/door-1/command")).isEqualTo(1);
    assertThat(subscribed(panel, "linli/access/door-2/command")).isEqualTo(refused);
    assertThat(subscribed(panel, "linli/access/door-1")).isEqualTo(refused);
    assertThat(subscribed(panel, "linli/access/+/command")).isEqualTo(refused);
    assertThat(subscribed(panel, "linli/#")).isEqualTo(refused);
    assertThat(subscribed(panel, "$SYS/broker")).isEqualTo(refused);
  }

  private static int subscribed(RawDevice device, String filter) throws IOException {
    device.subscribe(7, filter, 2);
    int[] answer = device.read();
    assertThat(answer).startsWith(0x90).containsSequence(0, 7);
    return answer[answer.length - 1];
  }

  private static RawDevice panel(int version) throws IOException {
    RawDevice panel = gateway.raw(new Connect(version, "panel").signIn("panel", "dōor"));
    assertThat(panel.read()).startsWith(0x20).containsSequence(0, 0);
    return panel;
  }

  private static int answer(Connect connect) throws IOException {
    return gateway.raw(connect).read()[3];
  }

  private static Path written() {
    try {
      Path file = Files.createTempFile("linli-clients", ".yml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, CLIENTS, StandardCharsets.UTF_8);
    } catch (IOException full) {
      throw new AssertionError(full);
    }
  }
}
