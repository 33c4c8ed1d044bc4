package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.PacketIds;

/** A client comes back again and again while the disk does not answer. */
class HangingDiskTest {

  private static final int PERSISTENT = 0;
  private static final byte[] LET_IN = {0x20, 2, 0, 0};
  private static final byte[] UNAVAILABLE = {0x20, 2, 0, 3};

  private final HangingDisk disk = new HangingDisk();
  private final MqttDoor door = LoneDoor.of(64L << 20, 1, LoneDoor::take, disk);
  private final LoopShare share = door.share();

  /** Opens no session until it is told to. */
  private static final class HangingDisk extends NoSessions {

    private final List<CompletableFuture<Opened>> asked = new ArrayList<>();

    @Override
    public CompletableFuture<Opened> open(Opening opening) {
      CompletableFuture<Opened> opened = new CompletableFuture<>();
      asked.add(opened);
      return opened;
    }

    void answers() {
      asked.removeFirst().complete(new Opened(1, false, new PacketIds(), List.of()));
    }
  }

  private EmbeddedSocket comes() {
    EmbeddedSocket socket = new EmbeddedSocket(door, share);
    LoneDoor.feed(socket, LoneDoor.connect("meter-1", PERSISTENT, 0));
    return socket;
  }

  @Test
  void holdsAFewOfItsConnectionsAndLetsTheLastOfThemIn() {
    List<EmbeddedSocket> waiting = new ArrayList<>();
    for (int i = 0; i < ConnectedClients.MOST_UNSETTLED; i++) {
      waiting.add(comes());
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(comes().sent()).containsExactly(UNAVAILABLE);
    }
    waiting.forEach(EmbeddedSocket::run);
    EmbeddedSocket last = waiting.removeLast();
    assertThat(waiting).as("taken over").noneMatch(EmbeddedSocket::isOpen);

    disk.answers();
    for (int i = 0; i < ConnectedClients.MOST_UNSETTLED; i++) {
      waiting.forEach(EmbeddedSocket::run);
      last.run();
    }
    disk.answers();
    last.run();
    assertThat(last.sent()).containsExactly(LET_IN);

    EmbeddedSocket next = comes();
    last.run();
    next.run();
    disk.answers();
    next.run();
    assertThat(next.sent()).as("none waits any more").containsExactly(LET_IN);
    assertThat(last.isOpen()).isFalse();
  }
}
