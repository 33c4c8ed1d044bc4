package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import org.linli.hub.console.stream.StreamReader.Heard;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stream as a listener sees it, over HTTP. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class StreamTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final RunningHub hub;

  StreamTest(RunningHub hub) {
    this.hub = hub;
  }

  @Test
  void tellsAnAlertAsTheApiShowsIt() {
    try (StreamReader reader = StreamReader.open(hub)) {
      hub.gateway().reports("camera-3-lobby", Kind.CAMERA, "fire.seen");

      await().until(() -> !of("camera-3-lobby", reader).isEmpty());
      JsonNode told = JSON.readTree(of("camera-3-lobby", reader).getLast().data());
      assertThat(told).isEqualTo(hub.json("/api/v1/alerts/" + told.get("id").asString()));
    }
  }

  @Test
  void goesOnAfterTheLastEventThatAListenerHad() {
    String lastId;
    try (StreamReader before = StreamReader.open(hub)) {
      hub.gateway().reports("camera-4-lobby", Kind.CAMERA, "fire.seen");
      await().until(() -> !of("camera-4-lobby", before).isEmpty());
      lastId = before.lastId();
    }
    hub.gateway().reports("camera-5-lobby", Kind.CAMERA, "fire.seen");
    hub.gateway().reports("camera-6-lobby", Kind.CAMERA, "fire.seen");

    try (StreamReader after = StreamReader.openAfter(hub, lastId)) {
      await().until(() -> !of("camera-6-lobby", after).isEmpty());

      assertThat(of("camera-4-lobby", after)).isEmpty();
      assertThat(of("camera-5-lobby", after)).hasSize(1);
      List<Long> ids =
          after.heard(heard -> !heard.event().equals("ledger")).stream()
              .map(heard -> Long.parseLong(heard.id()))
              .toList();
      assertThat(ids)
          .startsWith(Long.parseLong(lastId) + 1)
          .isEqualTo(LongStream.rangeClosed(ids.getFirst(), ids.getLast()).boxed().toList());
    }
  }

  @Test
  void keepsNothingOfATransactionThatRollsBack() {
    RecordingChanges changes = hub.bean(RecordingChanges.class);
    TransactionTemplate transactions = hub.bean(TransactionTemplate.class);
    try (StreamReader reader = StreamReader.open(hub)) {
      transactions.executeWithoutResult(
          status -> {
            changes.record("alert", () -> Map.of("device", "rolled-back"));
            changes.collect("device", () -> Map.of("id", "rolled-back"));
            status.setRollbackOnly();
          });
      transactions.executeWithoutResult(
          status -> changes.record("alert", () -> Map.of("device", "committed")));

      await().until(() -> !of("committed", reader).isEmpty());
      assertThat(reader.heard(heard -> heard.data().contains("rolled-back"))).isEmpty();
    }
  }

  @Test
  void keepsNothingOfWhatWasUndoneWithinATransaction() {
    RecordingChanges changes = hub.bean(RecordingChanges.class);
    try (StreamReader reader = StreamReader.open(hub)) {
      hub.bean(TransactionTemplate.class)
          .executeWithoutResult(
              status -> {
                undone(status, changes, "undone-first");
                changes.record("alert", () -> Map.of("device", "between"));
                changes.collect("device", () -> Map.of("id", "between-too"));
                undone(status, changes, "undone-later");
                changes.record("alert", () -> Map.of("device", "the-last"));
              });

      await().until(() -> reader.heard(heard -> heard.data().contains("between-too")).size() == 1);
      assertThat(reader.heard(heard -> heard.data().contains("undone"))).isEmpty();
      List<Heard> kept =
          reader.heard(
              heard -> heard.data().contains("between") || heard.data().contains("the-last"));
      assertThat(kept).extracting(Heard::id).doesNotHaveDuplicates().hasSize(3);
    }
  }

  private static void undone(TransactionStatus status, RecordingChanges changes, String name) {
    Object savepoint = status.createSavepoint();
    changes.record("alert", () -> Map.of("device", name));
    changes.collect("device", () -> Map.of("id", name));
    status.rollbackToSavepoint(savepoint);
    status.releaseSavepoint(savepoint);
  }

  @Test
  void goesOnWithoutWhatCannotBeShown() {
    RecordingChanges changes = hub.bean(RecordingChanges.class);
    Supplier<Object> broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    try (StreamReader reader = StreamReader.open(hub)) {
      hub.bean(TransactionTemplate.class)
          .executeWithoutResult(
              status -> {
                changes.record("alert", broken);
                changes.collect("device", broken);
                changes.collect("device", () -> Map.of("id", "whole-device"));
                changes.record("alert", () -> Map.of("device", "whole-alert"));
              });

      await().until(() -> !reader.heard(heard -> heard.data().contains("whole-device")).isEmpty());
      assertThat(of("whole-alert", reader)).hasSize(1);
    }
  }

  @Test
  void recordsNothingOutsideATransaction() {
    assertThatThrownBy(() -> hub.bean(RecordingChanges.class).record("alert", Map::of))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("transaction");
  }

  @Test
  void tellsManyDevicesOfOneTransactionTogether() {
    try (StreamReader reader = StreamReader.open(hub)) {
      hub.bean(TransactionTemplate.class)
          .executeWithoutResult(
              status -> {
                for (int i = 0; i < 250; i++) {
                  String id = "storm-" + i;
                  hub.bean(RecordingChanges.class).collect("device", () -> Map.of("id", id));
                }
              });

      await().until(() -> !reader.heard(heard -> heard.data().contains("storm-249")).isEmpty());
      List<Heard> storm = reader.heard(heard -> heard.data().contains("storm-"));
      assertThat(storm).hasSize(3);
      assertThat(JSON.readTree(storm.getLast().data()).get("items")).hasSize(50);
    }
  }

  @Test
  void tellsThatADeviceCameOnline() {
    try (StreamReader reader = StreamReader.open(hub)) {
      hub.gateway().reports("bay-301", Kind.PARKING, "bay.occupied");

      await()
          .until(
              () ->
                  reader.heard("device").stream()
                      .anyMatch(heard -> heard.data().contains("\"id\":\"bay-301\"")));
      JsonNode items = JSON.readTree(reader.heard("device").getLast().data()).get("items");
      assertThat(items.get(0).propertyNames()).contains("id", "status", "since");
    }
  }

  @Test
  void tellsTheLedgerAtMostOnceASecond() {
    try (StreamReader reader = StreamReader.open(hub)) {
      for (int i = 0; i < 20; i++) {
        hub.gateway().reports("bay-302", Kind.PARKING, "bay.occupied");
      }
      long applied = hub.json("/api/v1/ledger").get("applied").asLong();

      await()
          .until(
              () ->
                  reader.heard("ledger").stream()
                      .anyMatch(
                          heard -> JSON.readTree(heard.data()).get("applied").asLong() >= applied));
      List<Long> times = reader.heard("ledger").stream().map(Heard::atNanos).toList();
      for (int i = 2; i < times.size(); i++) {
        assertThat(times.get(i) - times.get(i - 2)).isGreaterThan(1_000_000_000L);
      }
    }
  }

  @Test
  void tellsAListenerThatIsTooFarBehindToReadAgain() {
    for (String impossible : List.of("999999999", "not-an-id")) {
      try (StreamReader reader = StreamReader.openAfter(hub, impossible)) {
        await().until(() -> !reader.heard("reset").isEmpty());
        Heard reset = reader.heard("reset").getFirst();

        assertThat(reset.data()).contains("read the lists again");
        hub.gateway().reports("camera-7-lobby", Kind.CAMERA, "fire.seen");
        await().until(() -> !of("camera-7-lobby", reader).isEmpty());
      }
    }
  }

  @Test
  void takesTheStartingPlaceOfAPageFromItsAddress() {
    long newest = hub.bean(LiveStream.class).newest();
    hub.gateway().reports("camera-8-lobby", Kind.CAMERA, "fire.seen");

    try (StreamReader reader =
        StreamReader.open(
            HttpClient.newHttpClient(), hub.withToken("/api/v1/stream?after=" + newest))) {
      await().until(() -> !of("camera-8-lobby", reader).isEmpty());
    }
  }

  @Test
  void endsTheStreamOfASessionThatSignsOut() {
    RunningHub.Visitor visitor = hub.signedInVisitor();
    try (StreamReader reader =
        StreamReader.open(visitor.client(), HttpRequest.newBuilder(hub.at("/api/v1/stream")))) {
      visitor.post("/sign-out", visitor.csrfOf("/"), Map.of());
      hub.gateway().reports("camera-9-lobby", Kind.CAMERA, "fire.seen");

      await().until(reader::hasEnded);
      assertThat(of("camera-9-lobby", reader)).isEmpty();
    }
  }

  private static List<Heard> of(String device, StreamReader reader) {
    return reader.heard(
        heard -> heard.event().equals("alert") && heard.data().contains("\"" + device + "\""));
  }

  @Test
  void cutsOffWhoDoesNotReadAndGoesOnWhereItWas() throws IOException {
    String lastId = String.valueOf(hub.bean(LiveStream.class).newest());
    try (Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4_096);
      deaf.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(hub.port())));
      deaf.getOutputStream()
          .write(
              ("GET /api/v1/stream HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer "
                      + RunningHub.TOKEN
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      StreamEndpoint endpoint = hub.bean(StreamEndpoint.class);
      await().until(endpoint::hasListeners);
      for (int i = 0; i < 400; i++) {
        happens("fill", "x".repeat(30_000));
      }

      await().atMost(Duration.ofSeconds(40)).until(() -> !endpoint.hasListeners());
    }
    try (StreamReader again = StreamReader.openAfter(hub, lastId)) {
      await().until(() -> again.heard(heard -> heard.event().equals("fill")).size() == 400);
    }
  }

  private void happens(String name, String text) {
    hub.bean(TransactionTemplate.class)
        .executeWithoutResult(
            _ -> hub.bean(RecordingChanges.class).record(name, () -> Map.of("text", text)));
  }
}
