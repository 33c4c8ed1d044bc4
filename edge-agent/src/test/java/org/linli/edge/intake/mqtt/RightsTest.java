package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.TopicFilter;
import org.linli.edge.intake.mqtt.RawDevice.Connect;

/** Who may come in, publish and subscribe where a clients file says so. */
class RightsTest {

  private static final String OPENED = "{\"type\":\"door.opened\"}";

  /** The password is dōor, by the command of docs/configuration.md. */
  static final String HASH =
      "pbkdf2-sha256$1000$00112233445566778899aabbccddeeff$3f1a18b9b5bdc18209286bd02bfa9e659f26104c3db3b3895cf89850f5133463";

  private static final String CLIENTS =
      """
      clients:
        - name: panel
          password: %s
          clients: ["panel", "panel-*"]
          publish: ["access/door-1", "elevator/*"]
          read: ["access/door-1"]
      """
          .formatted(HASH);

  @RegisterExtension
  static final MqttGateway gateway = new MqttGateway("--linli.mqtt.clients-file=" + written());

  @TempDir private Path folder;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clients: [{name: a, password: secret}]|line 1, column 31: clients[1].password is not"
            + " pbkdf2-sha256",
        "clients: [{name: a}]|line 1, column 11: clients[1].password is missing; add it.",
        "clients: [{password: x}]|line 1, column 11: clients[1].name is missing; add it.",
        "clients: [{name: '', password: x}]|line 1, column 18: clients[1].name is empty",
        "clients: [{name: a, pasword: x}]|line 1, column 21: clients[1].pasword is not a key that"
            + " is known here; did you mean password?",
        "clients: [{name: a, name: b}]|line 1, column 21: clients[1].name is given twice; keep"
            + " one.",
        "clients: {a: b}|line 1, column 10: clients must be a list",
        "users: []|clients is missing; add it.",
        "clients: [{name: a, password: HASH, publish: [door-1]}]|clients[1].publish[1] is"
            + " \"door-1\"; write kind/device",
        "clients: [{name: a, password: HASH, publish: door-1}]|clients[1].publish must be a list",
        "clients: [{name: a, password: HASH, publish: [*/door-1]}]|A text that begins with & or *"
            + " needs quotes",
        "clients: [{name: a, password: HASH, read: [doors/x]}]|clients[1].read[1] is \"doors/x\";"
            + " write kind/device",
        "clients: [{name: a, password: HASH, topics: [a/#/b]}]|clients[1].topics[1] is \"a/#/b\"; #"
            + " may only be the last level",
        "clients: [{name: a, password: HASH}, {name: a, password: HASH}]|clients[2].name is \"a\","
            + " as is another",
        "clients: [|this is not YAML",
      })
  void namesWhatIsWrongWithTheFile(String content, String sentence) throws IOException {
    Path file = Files.writeString(folder.resolve("clients.yml"), content.replace("HASH", HASH));
    assertThatThrownBy(() -> ClientsFile.read(file))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining("clients.yml")
        .hasMessageContaining("linli.mqtt.clients-file")
        .hasMessageNotContaining("secret");
  }

  @Test
  void listsEveryProblemOfTheFileInOneGo() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("clients.yml"),
            """
            clients:
              - name: panel
                pasword: x
              - name: lift
                password: %s
                read: [lift-1]
            """
                .formatted(HASH));

    assertThatThrownBy(() -> ClientsFile.read(file))
        .hasMessage(
            """
            The clients of MQTT in %s are not understood:
              line 2, column 5: clients[1].password is missing; add it.
              line 3, column 5: clients[1].pasword is not a key that is known here; did you mean password? Known keys: name, password, clients, publish, topics, read.
              line 6, column 12: clients[2].read[1] is "lift-1"; write kind/device, such as access/door-1, where each may be *.
            Correct it, or take linli.mqtt.clients-file away.\
            """
                .formatted(file));
  }

  @Test
  void readsAFileThatLetsNobodyInAndOneWithAllThatAClientMayHave() throws IOException {
    Path file = Files.writeString(folder.resolve("clients.yml"), "clients: []\n");
    assertThat(ClientsFile.read(file)).isEmpty();

    Files.writeString(
        file,
        """
        \uFEFFclients:
          - name: 7
            password: %s
            clients:
            publish: ["*/*"]
            topics: [zigbee2mqtt/#]
            read: []
        """
            .formatted(HASH));
    assertThat(ClientsFile.read(file))
        .hasEntrySatisfying(
            "7",
            entry -> {
              assertThat(entry.clientIds()).containsExactly("7");
              assertThat(entry.rights().publish()).containsExactly("*/*");
              assertThat(entry.rights().topics()).containsExactly(new TopicFilter("zigbee2mqtt/#"));
              assertThat(entry.rights().read()).isEmpty();
            });
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> ClientsFile.read(folder.resolve("none.yml")))
        .hasMessageContaining("cannot be read")
        .hasMessageContaining("linli.mqtt.clients-file");
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
