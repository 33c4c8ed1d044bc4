package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.Message;

/** A client that releases many ids of QoS 2 at once, as after a connection that broke. */
class ManyReleasesTest {

  /** Messages of a client that wait for the disk when reading stops. */
  private static final int IN_FLIGHT = 64;

  private static final int PUBREC = 0x50;
  private static final int PUBCOMP = 0x70;
  private static final int PUBACK = 0x40;

  private final SlowDisk disk = new SlowDisk();
  private final List<Message> waiting = new ArrayList<>();
  private boolean isDiskSlow;
  private EmbeddedSocket client;

  /** Takes its time to release ids. */
  private static final class SlowDisk extends NoSessions {

    private final List<CompletableFuture<Void>> releases = new ArrayList<>();

    @Override
    public CompletableFuture<Void> release(long session, int packetId) {
      CompletableFuture<Void> release = new CompletableFuture<>();
      releases.add(release);
      return release;
    }

    /** Whether there was something to commit. */
    boolean commit() {
      List<CompletableFuture<Void>> group = List.copyOf(releases);
      releases.clear();
      group.forEach(release -> release.complete(null));
      return !group.isEmpty();
    }
  }

  @BeforeEach
  void connect() {
    MqttDoor door =
        LoneDoor.of(
            64L << 20,
            1,
            message -> {
              if (isDiskSlow) {
                waiting.add(message);
              } else {
                LoneDoor.take(message);
              }
            },
            disk);
    client = LoneDoor.connected(door, door.share(), "meter-1", 0);
  }

  private long sent(int type) {
    return client.sent().stream().filter(packet -> (packet[0] & 0xf0) == type).count();
  }

  private static byte[] packets(int count, int... each) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id = 1; id <= count; id++) {
      for (int part : each) {
        bytes.write(part);
      }
      bytes.write(id >> 8);
      bytes.write(id);
    }
    return bytes.toByteArray();
  }

  private void releases(int count) {
    LoneDoor.feed(client, packets(count, 0x34, 5, 0, 1, 't'));
    assertThat(sent(PUBREC)).isEqualTo(count);
    client.feed(packets(count, 0x62, 2), 16_384);
    client.run();
    assertThat(disk.releases).hasSizeLessThanOrEqualTo(IN_FLIGHT + 1);
    long complete = 0;
    while (disk.commit()) {
      client.run();
      assertThat(disk.releases).hasSizeLessThanOrEqualTo(IN_FLIGHT + 1);
      complete += sent(PUBCOMP);
    }
    assertThat(complete).isEqualTo(count);
  }

  private void publishesWhileTheDiskIsSlow(int count) {
    isDiskSlow = true;
    client.feed(packets(count, 0x32, 5, 0, 1, 't'), 16_384);
    client.run();
    assertThat(waiting).as("reading stops").hasSizeBetween(IN_FLIGHT, IN_FLIGHT + 1);
    isDiskSlow = false;
    List<Message> taken = List.copyOf(waiting);
    waiting.clear();
    taken.forEach(LoneDoor::take);
    client.run();
    assertThat(sent(PUBACK)).as("reading goes on").isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 64, 65, 200, 1_000})
  void isReadOnAfterwardsAndNoFasterThanTheDiskTakesIt(int ids) {
    for (int round = 0; round < 3; round++) {
      releases(ids);
      publishesWhileTheDiskIsSlow(200);
    }
    assertThat(client.thrown()).isNull();
  }
}
