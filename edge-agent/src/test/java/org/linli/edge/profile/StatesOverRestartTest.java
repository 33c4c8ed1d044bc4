package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Reply;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.event.Batch;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.Values;
import org.linli.program.thread.LivingThreads;

/**
 * What the gateway knows of states is on the disk with the event that it belongs to, or neither.
 */
class StatesOverRestartTest {

  @TempDir private Path folder;

  /** Says nothing but whether doors are open. */
  private static final class Doors implements Profile {
    private final Changes changes = new Changes();

    @Override
    public String name() {
      return "doors";
    }

    @Override
    public List<String> topics() {
      return List.of("doors/+");
    }

    @Override
    public void read(Delivered message, MessageReading reading) throws Unreadable {
      Subject door = reading.device(message.levels()[1], Kind.ACCESS);
      for (String state : new String(message.payload(), StandardCharsets.UTF_8).split(" ")) {
        if (state.equals("broken")) {
          throw new Unreadable(RefusalReason.BAD_FIELD, "broken");
        }
        if (state.startsWith("volts=")) {
          reading.happened(door, EventType.MEASUREMENT, null, Values.NONE);
        } else if (changes.isChange(reading, door, "state", state.split("#", 2)[0])) {
          reading.happened(
              door, new EventType("door." + state.split("#", 2)[0]), id(state), null, Values.NONE);
        } else {
          reading.passOver();
        }
      }
    }
  }

  /** What follows a # is the id of the event. */
  private static @Nullable String id(String state) {
    return state.contains("#") ? state.substring(state.indexOf('#') + 1) : null;
  }

  /** A gateway's profiles and outbox on a folder. */
  private static final class Gateway implements AutoCloseable {
    private final SqliteOutbox outbox;
    private final Profiles profiles;

    Gateway(Path folder, CommitGate gate) {
      this(folder, gate, 1_000);
    }

    Gateway(Path folder, CommitGate gate, int most) {
      outbox =
          SqliteOutbox.open(
              folder,
              new GatewayId("gateway-1"),
              OutboxSettings.DEFAULTS,
              InstantSource.system(),
              new LivingThreads(InstantSource.system()),
              gate);
      profiles =
          TestProfiles.profiles(
              KnownDevices.NONE,
              new KnownStates(KnownDevices.NONE, new StateSettings(most), outbox.states()),
              new Doors());
    }

    String say(String door, String state) throws Exception {
      CompletableFuture<String> answer = new CompletableFuture<>();
      outbox.offer(interpreted(door, state, answer));
      return answer.get(10, TimeUnit.SECONDS);
    }

    /** Says all before the first is written, as far as the writer lets. */
    List<CompletableFuture<String>> sayTogether(String door, String... states) {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      List<Interpreted> messages = new ArrayList<>();
      for (String state : states) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.add(answer);
        messages.add(interpreted(door, state, answer));
      }
      messages.forEach(outbox::offer);
      return answers;
    }

    private Interpreted interpreted(String door, String state, CompletableFuture<String> answer) {
      return profiles.interpret(
          new Message(
              "test://x",
              Address.published("doors/" + door, "client-1"),
              state.getBytes(StandardCharsets.UTF_8),
              TestProfiles.RECEIVED,
              new FutureReply(answer)));
    }

    List<String> told() {
      List<String> told = new ArrayList<>();
      for (Lane lane : Lane.values()) {
        outbox.next(lane, 0, Batch.MAX_EVENTS).stream()
            .flatMap(batch -> batch.events().stream())
            .forEach(
                event -> told.add(event.event().device() + " " + event.event().type().value()));
      }
      return told;
    }

    @Override
    public void close() {
      outbox.close();
    }
  }

  private record FutureReply(CompletableFuture<String> answer) implements Reply {
    @Override
    public void taken() {
      answer.complete("taken");
    }

    @Override
    public void refused(Refusal refusal) {
      answer.complete("refused");
    }

    @Override
    public void unavailable(String why) {
      answer.complete("unavailable");
    }
  }

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

  private Gateway open(String name) {
    return new Gateway(folder.resolve(name), CommitGate.OPEN);
  }

  @Test
  void anUnchangedStateIsNoNewsAfterARestart() throws Exception {
    try (Gateway gateway = open("data")) {
      assertThat(gateway.say("front", "forced")).isEqualTo("taken");
    }
    try (Gateway gateway = open("data")) {
      assertThat(gateway.say("front", "forced")).isEqualTo("taken");
      assertThat(gateway.told()).containsExactly("front door.forced");
      assertThat(gateway.outbox.repeats().byReason())
          .containsExactly(Map.entry(RepeatReason.UNCHANGED, 1L));

      gateway.say("front", "closed");
    }
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.told())
          .as("it really ended, and began again")
          .containsExactly("front door.forced", "front door.forced", "front door.closed");
    }
  }

  @Test
  void aKillBeforeTheCommitLeavesNeitherTheStateNorItsEventAndOneAfterItBoth() throws Exception {
    try (Gateway gateway =
        new Gateway(
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
    try (Gateway gateway = open("before")) {
      assertThat(gateway.told()).isEmpty();
      gateway.say("front", "forced");
      assertThat(gateway.told()).containsExactly("front door.forced");
    }
    try (Gateway gateway = open("after")) {
      gateway.say("front", "forced");
      assertThat(gateway.told()).as("sent again by a device that heard nothing").hasSize(1);
    }
  }

  @Test
  void whatTheDiskRefusedIsNotKnownAfterARestart() throws Exception {
    try (Gateway gateway =
        new Gateway(
            folder.resolve("data"),
            () -> {
              throw new IllegalStateException("a disk that refuses");
            })) {
      assertThat(gateway.say("front", "forced")).isEqualTo("unavailable");
    }
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.told()).containsExactly("front door.forced");
    }
  }

  @Test
  void ofStatesThatContradictEachOtherInOneMessageAllAreToldAndTheLastIsKnown() throws Exception {
    try (Gateway gateway = open("data")) {
      gateway.say("front", "closed forced closed");
      gateway.say("front", "forced closed forced");
    }
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.told()).hasSize(6);
      gateway.say("front", "closed");
      assertThat(gateway.told()).hasSize(7);
    }
  }

  @Test
  void aMessageThatComesAgainLateChangesNoState() throws Exception {
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced#1");
      gateway.say("front", "closed#2");
      gateway.say("front", "forced#1");
      gateway.say("front", "forced#3");
      assertThat(gateway.told())
          .containsExactly("front door.forced", "front door.forced", "front door.closed");
      gateway.say("front", "closed#4");
      gateway.say("front", "forced#1");
    }
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced#5");
      assertThat(gateway.told()).as("after a restart, too").hasSize(5);
    }
  }

  @Test
  void whatADeadLetterSaidOfAStateSwallowsNoAlarm() throws Exception {
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.say("front", "closed broken")).isEqualTo("refused");
      gateway.say("front", "forced");
      assertThat(gateway.told()).containsExactly("front door.forced", "front door.forced");

      assertThat(gateway.say("front", "forced broken")).isEqualTo("refused");
      gateway.say("front", "forced");
      assertThat(gateway.told()).as("it said nothing new").hasSize(2);
      assertThat(gateway.say("front", "closed broken")).isEqualTo("refused");
    }
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced");
      assertThat(gateway.told()).as("after a restart, too").hasSize(3);
    }
  }

  @Test
  void aMeasurementBesideItMakesItNoNews() throws Exception {
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced#1 volts=3");
      gateway.say("front", "closed#2 volts=3");
      gateway.say("front", "forced#1 volts=3");
      gateway.say("front", "forced#3 volts=3");
      assertThat(gateway.told()).filteredOn("front door.forced"::equals).hasSize(2);
    }
  }

  @Test
  void whatRestsOnAMessageThatCameAgainLateComesAgain() throws Exception {
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced#1");
      gateway.say("front", "closed#2");

      List<CompletableFuture<String>> group = gateway.sayTogether("front", "forced#1", "forced#3");

      assertThat(group.getFirst().get(10, TimeUnit.SECONDS)).isEqualTo("taken");
      if (group.getLast().get(10, TimeUnit.SECONDS).equals("unavailable")) {
        gateway.say("front", "forced#3");
      }
      assertThat(gateway.told()).hasSize(3);
    }
  }

  @Test
  void theTableHoldsNoMoreThanTheLimitOverManyRestarts() throws Exception {
    for (int run = 0; run < 3; run++) {
      try (Gateway gateway = new Gateway(folder.resolve("data"), CommitGate.OPEN, 32)) {
        for (int door = 0; door < 60; door++) {
          gateway.say("door-" + run + "-" + door, "open");
        }
        gateway.say("door-" + run + "-59", "open");
        assertThat(gateway.outbox.repeats().byReason()).containsKey(RepeatReason.UNCHANGED);
      }
      assertThat(rows()).isBetween(16L, 32L);
    }
  }

  @Test
  void aCorruptRowIsPassedOverAndTheOthersAreKnown() throws Exception {
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced");
      gateway.say("back", "forced");
      gateway.say("side", "forced");
    }
    change("UPDATE device_state SET device = x'fffe2f00' || ' /' WHERE device = 'back'");
    change("UPDATE device_state SET number = 'x', at = 'y' WHERE device = 'side'");
    try (Gateway gateway = open("data")) {
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
    try (Gateway gateway = open("data")) {
      gateway.say("side", "forced");
      assertThat(gateway.told()).hasSize(5);
    }
  }

  @Test
  void aTableThatCannotBeReadBeginsAnewAndTheOutboxStays() throws Exception {
    try (Gateway gateway = open("data")) {
      gateway.say("front", "forced");
    }
    change("ALTER TABLE device_state RENAME COLUMN number TO count");
    try (Gateway gateway = open("data")) {
      assertThat(gateway.told()).containsExactly("front door.forced");
      gateway.say("front", "forced");
      assertThat(gateway.told()).hasSize(2);
    }
    try (Gateway gateway = open("data")) {
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
