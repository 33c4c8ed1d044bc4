package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.command.Command;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.command.Commands.Setting;
import org.linli.edge.intake.DeviceSessions.Opening;
import org.linli.edge.intake.DeviceSessions.Subscription;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

class SqliteCommandsTest {

  private static final CommandAddress DOOR = address("door-1");
  private static final CommandAddress OTHER = address("door-2");

  @TempDir private Path folder;
  private OpenedOutbox opened;

  @BeforeEach
  void open() {
    opened = new OpenedOutbox(folder);
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void keepsTheLastCommandOfEachDeviceOverARestart() {
    set(DOOR, "a");
    set(OTHER, "b");
    Command last = set(DOOR, "c");

    opened.reopen();

    assertThat(last(DOOR)).isEqualTo("c");
    assertThat(last(OTHER)).isEqualTo("b");
    Command kept = opened.outbox().commands().last(DOOR).orElseThrow();
    assertThat(kept.sequence()).isEqualTo(last.sequence());
    assertThat(kept.at()).isEqualTo(Offered.AT);
    assertThat(opened.number("SELECT count(*) FROM command")).isEqualTo(2);
  }

  @Test
  void usesNoSequenceAgainAfterAWithdrawal() {
    long sequence = set(DOOR, "a").sequence();
    assertThat(withdraw(DOOR)).isTrue();
    assertThat(withdraw(DOOR)).isFalse();
    assertThat(opened.outbox().commands().last(DOOR)).isEmpty();

    opened.reopen();

    assertThat(opened.outbox().commands().last(DOOR)).isEmpty();
    assertThat(set(DOOR, "a").sequence()).isGreaterThan(sequence);
  }

  @Test
  void keepsNoMoreThanItMayAndReplacesThoseThatAreThere() {
    Setting first = ask(DOOR, "a", 1).join();
    assertThat(first)
        .isInstanceOfSatisfying(Setting.Kept.class, it -> assertThat(it.isFirst()).isTrue());
    assertThat(ask(OTHER, "b", 1).join()).isEqualTo(new Setting.Full(1));
    assertThat(ask(DOOR, "c", 1).join())
        .isInstanceOfSatisfying(Setting.Kept.class, it -> assertThat(it.isFirst()).isFalse());
    assertThat(last(DOOR)).isEqualTo("c");
  }

  @Test
  void tellsOfAChangeAfterItsCommitAndNotOfOneThatTheDiskRefuses() {
    List<String> told = new CopyOnWriteArrayList<>();
    opened
        .outbox()
        .commands()
        .onChange(
            address ->
                told.add(
                    opened
                        .outbox()
                        .commands()
                        .last(address)
                        .map(SqliteCommandsTest::text)
                        .orElse("none")));
    set(DOOR, "a");
    opened.gate(
        () -> {
          throw new IllegalStateException("the disk refuses");
        });
    assertThatThrownBy(() -> ask(DOOR, "b", 10).join()).hasMessageContaining("the disk refuses");
    assertThat(last(DOOR)).isEqualTo("a");
    opened.gate(() -> {});
    withdraw(DOOR);

    assertThat(told).containsExactly("a", "none");
  }

  /** As after a commit that failed although the disk has it. */
  @Test
  void goesByTheDiskAfterAFailure() {
    set(DOOR, "a");
    opened.execute("INSERT INTO command (kind, device, at, content) VALUES ('CARE', 'x', 0, 'y')");
    opened.gate(
        () -> {
          throw new IllegalStateException("the disk refuses");
        });
    assertThatThrownBy(() -> ask(DOOR, "b", 10).join()).isNotNull();
    opened.gate(() -> {});
    set(OTHER, "c");
    assertThat(last(new CommandAddress(Kind.CARE, new DeviceId("x")))).isEqualTo("y");
    assertThat(last(DOOR)).isEqualTo("a");
  }

  @Test
  void keepsSubscriptionsWithTheirSessionAndNoLonger() {
    long number = session(false);
    Subscription asked = new Subscription(DOOR, 1, true, 3, 0, 0);
    opened.outbox().sessions().subscribe(number, List.of(asked)).join();
    opened.outbox().sessions().progressed(number, asked.sending(9, 4));
    opened
        .outbox()
        .sessions()
        .subscribe(number, List.of(new Subscription(DOOR, 0, false, 0, 0, 0)))
        .join();

    opened.reopen();

    assertThat(opened.outbox().sessions().open(opening(false)).join().subscriptions())
        .as("what was asked for last, and how far it is")
        .containsExactly(new Subscription(DOOR, 0, false, 3, 9, 4));
    session(true);
    assertThat(opened.number("SELECT count(*) FROM mqtt_subscription")).isZero();
  }

  private long session(boolean clean) {
    return opened.outbox().sessions().open(opening(clean)).join().number();
  }

  private static Opening opening(boolean clean) {
    return new Opening("lift-1", clean, Duration.ofHours(1), 10);
  }

  private static CommandAddress address(String device) {
    return new CommandAddress(Kind.ACCESS, new DeviceId(device));
  }

  private Command set(CommandAddress address, String content) {
    return ((Setting.Kept) ask(address, content, 10).join()).command();
  }

  private CompletableFuture<Setting> ask(CommandAddress address, String content, int most) {
    return opened.outbox().commands().set(address, content.getBytes(StandardCharsets.UTF_8), most);
  }

  private boolean withdraw(CommandAddress address) {
    return opened.outbox().commands().withdraw(address).join();
  }

  private String last(CommandAddress address) {
    return text(opened.outbox().commands().last(address).orElseThrow());
  }

  private static String text(Command command) {
    return new String(command.content(), StandardCharsets.UTF_8);
  }
}
