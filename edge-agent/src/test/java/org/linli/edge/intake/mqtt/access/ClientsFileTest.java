package org.linli.edge.intake.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.TopicFilter;

class ClientsFileTest {

  @TempDir private Path folder;

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
    Path file =
        Files.writeString(
            folder.resolve("clients.yml"), content.replace("HASH", TestPassword.HASH));
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
                .formatted(TestPassword.HASH));

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
            .formatted(TestPassword.HASH));
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
}
