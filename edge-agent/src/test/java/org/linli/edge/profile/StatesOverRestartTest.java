package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.intake.FutureReply;
import org.linli.edge.outbox.CommitGate;

/**
 * What the gateway knows of states is on the disk with the event that it belongs to, or neither.
 */
class StatesOverRestartTest {

  @TempDir private Path folder;

  /** Copies what a kill at this instant leaves: the database and its log. */
  private void leave(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      for (Path file : files.filter(each -> each.toString().contains("outbox.db")).toList()) {
        if (!file.toString().endsWith("-shm")) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
  }

  private StatesGateway open(String name) {
    return new StatesGateway(folder.resolve(name), CommitGate.OPEN);
  }

  @Test
  void anUnchangedStateIsNoNewsAfterARestart() throws Exception {
    try (StatesGateway gateway = open("data")) {
      assertThat(gateway.say("front", "forced")).isEqualTo("taken");
    }
    try (StatesGateway gateway = open("data")) {
      assertThat(gateway.say("front", "forced")).isEqualTo("taken");
      assertThat(gateway.told()).containsExactly("front door.forced");
      assertThat(gateway.outbox().repeats().byReason())
          .containsExactly(Map.entry(RepeatReason.UNCHANGED, 1L));

      gateway.say("front", "closed");
    }
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.told())
          .as("it really ended, and began again")
          .containsExactly("front door.forced", "front door.forced", "front door.closed");
    }
  }

  @Test
  void aKillBeforeTheCommitLeavesNeitherTheStateNorItsEventAndOneAfterItBoth() throws Exception {
    try (StatesGateway gateway =
        new StatesGateway(
            folder.resolve("data"),
            () -> {
              try {
                if (!Files.exists(folder.resolve("before"))) {
                  leave("before");
                }
              } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
              }
            })) {
      assertThat(gateway.say("front", "forced")).isEqualTo("taken");
      leave("after");
    }
    try (StatesGateway gateway = open("before")) {
      assertThat(gateway.told()).isEmpty();
      gateway.say("front", "forced");
      assertThat(gateway.told()).containsExactly("front door.forced");
    }
    try (StatesGateway gateway = open("after")) {
      gateway.say("front", "forced");
      assertThat(gateway.told()).as("sent again by a device that heard nothing").hasSize(1);
    }
  }

  @Test
  void whatTheDiskRefusedIsNotKnownAfterARestart() throws Exception {
    try (StatesGateway gateway =
        new StatesGateway(
            folder.resolve("data"),
            () -> {
              throw new IllegalStateException("a disk that refuses");
            })) {
      assertThat(gateway.say("front", "forced")).isEqualTo("unavailable");
    }
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.told()).containsExactly("front door.forced");
    }
  }

  @Test
  void ofStatesThatContradictEachOtherInOneMessageAllAreToldAndTheLastIsKnown() throws Exception {
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "closed forced closed");
      gateway.say("front", "forced closed forced");
    }
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.told()).hasSize(6);
      gateway.say("front", "closed");
      assertThat(gateway.told()).hasSize(7);
    }
  }

  @Test
  void aMessageThatComesAgainLateChangesNoState() throws Exception {
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced#1");
      gateway.say("front", "closed#2");
      gateway.say("front", "forced#1");
      gateway.say("front", "forced#3");
      assertThat(gateway.told())
          .containsExactly("front door.forced", "front door.forced", "front door.closed");
      gateway.say("front", "closed#4");
      gateway.say("front", "forced#1");
    }
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced#5");
      assertThat(gateway.told()).as("after a restart, too").hasSize(5);
    }
  }

  @Test
  void whatADeadLetterSaidOfAStateSwallowsNoAlarm() throws Exception {
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.say("front", "closed broken")).isEqualTo("refused");
      gateway.say("front", "forced");
      assertThat(gateway.told()).containsExactly("front door.forced", "front door.forced");

      assertThat(gateway.say("front", "forced broken")).isEqualTo("refused");
      gateway.say("front", "forced");
      assertThat(gateway.told()).as("it said nothing new").hasSize(2);
      assertThat(gateway.say("front", "closed broken")).isEqualTo("refused");
    }
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.told()).as("after a restart, too").hasSize(3);
    }
  }

  @Test
  void aMeasurementBesideItMakesItNoNews() throws Exception {
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced#1 volts=3");
      gateway.say("front", "closed#2 volts=3");
      gateway.say("front", "forced#1 volts=3");
      gateway.say("front", "forced#3 volts=3");
      assertThat(gateway.told()).filteredOn("front door.forced"::equals).hasSize(2);
    }
  }

  @Test
  void whatRestsOnAMessageThatCameAgainLateComesAgain() throws Exception {
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced#1");
      gateway.say("front", "closed#2");

      List<FutureReply> group = gateway.sayTogether("front", "forced#1", "forced#3");

      assertThat(group.getFirst().await()).isEqualTo("taken");
      if (group.getLast().await().equals("unavailable")) {
        gateway.say("front", "forced#3");
      }
      assertThat(gateway.told()).hasSize(3);
    }
  }

  @Test
  void theTableHoldsNoMoreThanTheLimitOverManyRestarts() throws Exception {
    for (int run = 0; run < 3; run++) {
      try (StatesGateway gateway = new StatesGateway(folder.resolve("data"), CommitGate.OPEN, 32)) {
        for (int door = 0; door < 60; door++) {
          gateway.say("door-" + run + "-" + door, "open");
        }
        gateway.say("door-" + run + "-59", "open");
        assertThat(gateway.outbox().repeats().byReason()).containsKey(RepeatReason.UNCHANGED);
      }
      assertThat(rows()).isBetween(16L, 32L);
    }
  }

  @Test
  void aCorruptRowIsPassedOverAndTheOthersAreKnown() throws Exception {
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced");
      gateway.say("back", "forced");
      gateway.say("side", "forced");
    }
    change("UPDATE device_state SET device = x'fffe2f00' || ' /' WHERE device = 'back'");
    change("UPDATE device_state SET number = 'x', at = 'y' WHERE device = 'side'");
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced");
      gateway.say("back", "forced");
      gateway.say("side", "forced");
      assertThat(gateway.told())
          .as("told once more, which loses nothing")
          .containsExactlyInAnyOrder(
              "front door.forced",
              "back door.forced",
              "side door.forced",
              "back door.forced",
              "side door.forced");
    }
    try (StatesGateway gateway = open("data")) {
      gateway.say("side", "forced");
      assertThat(gateway.told()).hasSize(5);
    }
  }

  @Test
  void aTableThatCannotBeReadBeginsAnewAndTheOutboxStays() throws Exception {
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced");
    }
    change("ALTER TABLE device_state RENAME COLUMN number TO count");
    try (StatesGateway gateway = open("data")) {
      assertThat(gateway.told()).containsExactly("front door.forced");
      gateway.say("front", "forced");
      assertThat(gateway.told()).hasSize(2);
    }
    try (StatesGateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.told()).hasSize(2);
    }
  }

  private long rows() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM device_state")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void change(String sql) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/outbox.db"));
  }
}
