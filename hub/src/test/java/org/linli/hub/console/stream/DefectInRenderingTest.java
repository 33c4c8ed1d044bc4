package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.console.FailingNames;
import org.linli.hub.console.stream.StreamReader.Heard;

/** What goes wrong while an alert is shown concerns nobody but the stream, and there only it. */
class DefectInRenderingTest {

  private RunningHub hub;

  @BeforeEach
  void start(@TempDir Path data) {
    hub = RunningHub.startWith(FailingNames.Beans.class, data);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void rollsNoBatchBackAndLeavesTheStreamToTheOthers() {
    try (StreamReader reader = StreamReader.open(hub)) {
      for (String device : List.of(FailingNames.DEFECT, FailingNames.UNREADABLE, "camera-whole")) {
        hub.gateway().reports(device, Kind.CAMERA, "fire.seen");
      }

      await().until(() -> !of("camera-whole", reader).isEmpty());
      assertThat(of(FailingNames.DEFECT, reader)).isEmpty();
      assertThat(of(FailingNames.UNREADABLE, reader)).isEmpty();
      assertThat(reader.heard("reset")).as("for what cannot be read").hasSize(1);
    }
    assertThat(hub.json("/api/v1/ledger").get("applied").asLong()).isEqualTo(3);
    assertThat(hub.bean(FailingNames.class).wasAskedInATransaction())
        .as("shown within a transaction")
        .isFalse();
  }

  @Test
  void resumesOverWhatCannotBeShown() {
    hub.gateway().reports("camera-before", Kind.CAMERA, "fire.seen");
    hub.gateway().reports(FailingNames.DEFECT, Kind.CAMERA, "fire.seen");
    hub.gateway().reports(FailingNames.UNREADABLE, Kind.CAMERA, "fire.seen");
    hub.gateway().reports("camera-after", Kind.CAMERA, "fire.seen");

    try (StreamReader reader = StreamReader.openAfter(hub, "0")) {
      await().until(() -> !of("camera-after", reader).isEmpty());
      assertThat(of("camera-before", reader)).hasSize(1);
      assertThat(reader.heard("reset")).as("once, for what cannot be read").hasSize(1);
      assertThat(of(FailingNames.DEFECT, reader)).isEmpty();
    }
  }

  private static List<Heard> of(String device, StreamReader reader) {
    return reader.heard(
        heard -> heard.event().equals("alert") && heard.data().contains("\"" + device + "\""));
  }
}
