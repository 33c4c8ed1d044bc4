package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.records.TestDatabase;

/** The hub's records are an earlier copy, and listeners come back that know what the copy lacks. */
class RestoredCopyTest {

  @Test
  void hasAListenerReadAgainThoughItsIdWasGivenOutAgain(@TempDir Path data, @TempDir Path copy) {
    String lastId;
    try (RunningHub hub = RunningHub.start(data)) {
      hub.gateway().reports("camera-in-the-copy", Kind.CAMERA, "fire.seen");
    }
    TestDatabase.copy(data, copy);
    try (RunningHub hub = RunningHub.start(data);
        StreamReader reader = StreamReader.open(hub)) {
      hub.gateway().inEpoch(2).reports("camera-lost", Kind.CAMERA, "fire.seen");
      await().until(() -> heard("camera-lost", reader));
      lastId = reader.lastId();
    }
    TestDatabase.copy(copy, data);

    try (RunningHub hub = RunningHub.start(data)) {
      hub.clock().advance(Duration.ofSeconds(10));
      hub.gateway().inEpoch(3);
      for (int i = 0; i < 10; i++) {
        hub.gateway().reports("camera-new-" + i, Kind.CAMERA, "fire.seen");
      }
      try (StreamReader reader = StreamReader.openAfter(hub, lastId)) {
        await().until(() -> heard("camera-new-9", reader) || !reader.heard("reset").isEmpty());
        assertThat(reader.heard("reset")).as("what it has is not what the hub has").hasSize(1);
      }
    }
  }

  private static boolean heard(String device, StreamReader reader) {
    return !reader
        .heard(heard -> heard.event().equals("alert") && heard.data().contains(device))
        .isEmpty();
  }
}
