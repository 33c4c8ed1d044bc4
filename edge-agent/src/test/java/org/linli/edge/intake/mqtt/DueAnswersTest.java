package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Message;

/** What the clients of one commit are answered leaves together; nothing but the door is there. */
class DueAnswersTest {

  private static final byte[] PUBLISH = {0x32, 5, 0, 1, 't', 0, 1};
  private static final byte[] PUBACK = {0x40, 2, 0, 1};

  private final List<Message> committed = new ArrayList<>();
  private final MqttDoor door = LoneDoor.of(1L << 30, committed::add);
  private final LoopShare share = door.share();
  private final List<EmbeddedSocket> sockets = new ArrayList<>();

  @Test
  void leaveWithOneTaskOfTheLoop() {
    publishedBy(20);
    List<Runnable> tasks = new ArrayList<>();
    Executor loop = tasks::add;

    committed.forEach(message -> message.reply().taken());
    for (int i = 0; i < 20; i++) {
      share.answers().flush(loop);
    }

    assertThat(tasks).hasSize(1);
    assertThat(sockets).allSatisfy(socket -> assertThat(socket.sent()).isEmpty());
    tasks.getFirst().run();
    assertThat(sockets).allSatisfy(socket -> assertThat(socket.sent()).containsExactly(PUBACK));
  }

  @Test
  void nobodyIsForgottenWhoIsAnsweredWhileOthersAre() {
    publishedBy(2);
    List<Runnable> tasks = new ArrayList<>();
    Executor loop = tasks::add;
    committed.getFirst().reply().taken();
    share.answers().flush(loop);
    tasks.removeFirst().run();

    committed.getLast().reply().taken();
    share.answers().flush(loop);

    tasks.removeFirst().run();
    assertThat(sockets).allSatisfy(socket -> assertThat(socket.sent()).containsExactly(PUBACK));
  }

  @Test
  void aLoopThatCouldNotBeAskedIsAskedWithTheNextCommit() {
    publishedBy(2);
    Executor broken =
        _ -> {
          throw new RejectedExecutionException("as the test wants it");
        };
    committed.getFirst().reply().taken();
    assertThatThrownBy(() -> share.answers().flush(broken))
        .isInstanceOf(RejectedExecutionException.class);

    List<Runnable> tasks = new ArrayList<>();
    committed.getLast().reply().taken();
    share.answers().flush(tasks::add);

    assertThat(tasks).hasSize(1);
    tasks.getFirst().run();
    assertThat(sockets).allSatisfy(socket -> assertThat(socket.sent()).containsExactly(PUBACK));
  }

  @Test
  void whatCouldNotBeKeptIsSaidAtOnce() {
    publishedBy(1);

    committed.getFirst().reply().unavailable("the disk is full");
    sockets.getFirst().run();

    assertThat(sockets.getFirst().isOpen()).isFalse();
  }

  private void publishedBy(int clients) {
    for (int i = 0; i < clients; i++) {
      EmbeddedSocket socket = LoneDoor.connected(door, share, "lift-" + i);
      LoneDoor.feed(socket, PUBLISH);
      sockets.add(socket);
    }
    assertThat(committed).hasSize(clients);
  }
}
