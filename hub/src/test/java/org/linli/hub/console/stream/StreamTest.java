package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.hub.console.stream.StreamOfTests.FILL;
import static org.linli.hub.console.stream.StreamOfTests.NOTE;
import static org.linli.hub.console.stream.StreamOfTests.NOTES;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import org.linli.hub.change.ChangeRecorder;
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
              .map(heard -> change(heard.id()))
              .toList();
      assertThat(ids)
          .startsWith(change(lastId) + 1)
          .isEqualTo(LongStream.rangeClosed(ids.getFirst(), ids.getLast()).boxed().toList());
    }
  }

  /** Of an event's id, which says also when that change was. */
  private static long change(String id) {
    return Long.parseLong(id.substring(0, id.indexOf('-')));
  }

  @Test
  void keepsNothingOfATransactionThatRollsBack() {
    ChangeRecorder changes = hub.bean(ChangeRecorder.class);
    TransactionTemplate transactions = hub.bean(TransactionTemplate.class);
    try (StreamReader reader = StreamReader.open(hub)) {
      transactions.executeWithoutResult(
          status -> {
            changes.record(NOTE, null, "rolled-back", 1);
            changes.record(NOTES, null, "rolled-back");
            status.setRollbackOnly();
          });
      transactions.executeWithoutResult(status -> changes.record(NOTE, null, "committed", 1));

      await().until(() -> !naming("committed", reader).isEmpty());
      assertThat(naming("rolled-back", reader)).isEmpty();
    }
  }

  @Test
  void keepsNothingOfWhatWasUndoneWithinATransaction() {
    ChangeRecorder changes = hub.bean(ChangeRecorder.class);
    try (StreamReader reader = StreamReader.open(hub)) {
      hub.bean(TransactionTemplate.class)
          .executeWithoutResult(
              status -> {
                undone(status, changes, "undone-first");
                changes.record(NOTE, null, "between", 1);
                changes.record(NOTES, null, "between-too");
                undone(status, changes, "undone-later");
                changes.record(NOTE, null, "the-last", 1);
              });

      await().until(() -> naming("the-last", reader).size() == 1);
      assertThat(naming("undone", reader)).isEmpty();
      assertThat(naming("between-too", reader)).hasSize(1);
      List<Heard> kept =
          reader.heard(
              heard -> heard.data().contains("between") || heard.data().contains("the-last"));
      assertThat(kept).extracting(Heard::id).doesNotHaveDuplicates().hasSize(3);
    }
  }

  private static void undone(TransactionStatus status, ChangeRecorder changes, String name) {
    Object savepoint = status.createSavepoint();
    changes.record(NOTE, null, name, 1);
    changes.record(NOTES, null, name);
    status.rollbackToSavepoint(savepoint);
    status.releaseSavepoint(savepoint);
  }

  @Test
  void goesOnWithoutWhatCannotBeShownOrIsNoMore() {
    ChangeRecorder changes = hub.bean(ChangeRecorder.class);
    try (StreamReader reader = StreamReader.open(hub)) {
      hub.bean(TransactionTemplate.class)
          .executeWithoutResult(
              status -> {
                changes.record(NOTE, null, "broken-note", 1);
                changes.record(NOTE, null, "gone-note", 1);
                changes.record(NOTE, null, "deep:100000", 1);
                changes.record(NOTES, null, "broken-one");
                changes.record(NOTES, null, "gone-one");
                changes.record(NOTES, null, "whole-one");
                changes.record(NOTES, null, "deep:499");
                changes.record(NOTES, null, "deep:100000");
                changes.record(NOTE, null, "whole-note", 1);
              });

      await().until(() -> !naming("whole-note", reader).isEmpty());
      assertThat(naming("whole-one", reader))
          .singleElement()
          .satisfies(
              heard ->
                  assertThat(heard.data())
                      .as("two items, one of them as deep as Jackson writes and reads by itself")
                      .startsWith("{\"items\":[{")
                      .contains("{\"id\":\"whole-one\"}", "{\"is\":\"deep\"}"));
      assertThat(naming("broken", reader)).isEmpty();
      assertThat(naming("gone-", reader)).isEmpty();
      assertThat(reader.heard("reset")).isEmpty();
      assertThat(leftOut()).as("two broken ones, and two that are too deep").isEqualTo(4);
    }
  }

  private double leftOut() {
    return hub.bean(MeterRegistry.class)
        .get("linli.changes.left.out")
        .tag("reader", "stream")
        .counter()
        .count();
  }

  @Test
  void tellsManyOfOneTransactionTogether() {
    try (StreamReader reader = StreamReader.open(hub)) {
      hub.bean(TransactionTemplate.class)
          .executeWithoutResult(
              status -> {
                for (int i = 0; i < 250; i++) {
                  hub.bean(ChangeRecorder.class).record(NOTES, null, "storm-" + i);
                }
              });

      await().until(() -> naming("storm-", reader).size() == 3);
      List<Heard> storm = naming("storm-", reader);
      assertThat(storm.stream().map(heard -> JSON.readTree(heard.data()).get("items").size()))
          .containsExactly(100, 100, 50);
    }
  }

  private static List<Heard> naming(String text, StreamReader reader) {
    return reader.heard(heard -> heard.data().contains(text));
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
    String newest = hub.bean(LiveStream.class).bookmark();
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
    String lastId = hub.bean(LiveStream.class).bookmark();
    try (Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4_096);
      deaf.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(hub.port())));
      deaf.getOutputStream()
          .write(
              ("GET /api/v1/stream HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer "
                      + RunningHub.TOKEN
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      Listeners listeners = hub.bean(Listeners.class);
      await().until(listeners::isAnyone);
      for (int i = 0; i < 400; i++) {
        fill(i + ":30000");
      }

      await().atMost(Duration.ofSeconds(40)).until(() -> !listeners.isAnyone());
    }
    try (StreamReader again = StreamReader.openAfter(hub, lastId)) {
      await().until(() -> again.heard(heard -> heard.event().equals("fill")).size() == 400);
    }
  }

  private void fill(String subject) {
    hub.bean(TransactionTemplate.class)
        .executeWithoutResult(_ -> hub.bean(ChangeRecorder.class).record(FILL, null, subject, 1));
  }
}
