package org.linli.edge.outbox.sqlite;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Note;
import org.linli.edge.intake.Origin;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Reply;
import org.linli.edge.profile.Basis;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.StateChange;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;

/** A message on its way into an outbox, and the answer that its device got. */
final class Offered implements Reply {

  static final Instant AT = Instant.parse("2026-11-23T05:16:00.123Z");

  private static final AtomicInteger PADDING = new AtomicInteger();

  private final CompletableFuture<String> first = new CompletableFuture<>();
  private volatile @Nullable String second;

  /** An event of an elevator that travels urgent. */
  static DeviceEvent urgent(String device, @Nullable String id) {
    return event(device, id, "passenger.trapped");
  }

  /** An event of an elevator that travels in bulk. */
  static DeviceEvent bulk(String device, @Nullable String id) {
    return event(device, id, "trip.completed");
  }

  static DeviceEvent measurement(String device, @Nullable String id) {
    return event(device, id, "measurement");
  }

  /** The same event with so many kilobytes of values that no other event has. */
  static DeviceEvent padded(DeviceEvent event, int kilobytes) {
    Map<String, Value> texts = new LinkedHashMap<>();
    for (int i = 0; i < kilobytes; i++) {
      texts.put(
          "text-" + i, new Value.Text("%06d".formatted(PADDING.incrementAndGet()).repeat(170)));
    }
    return new DeviceEvent(
        event.device(),
        event.kind(),
        event.type(),
        event.id(),
        event.time(),
        event.deviceTime(),
        event.takenAt(),
        new Values(texts));
  }

  private static DeviceEvent event(String device, @Nullable String id, String type) {
    return new DeviceEvent(
        new DeviceId(device),
        Kind.ELEVATOR,
        new EventType(type),
        id == null ? null : new EventId(id),
        AT,
        null,
        AT,
        Values.NONE);
  }

  Interpreted of(DeviceEvent... events) {
    return new Interpreted.Understood(message(new byte[40 * events.length]), List.of(events));
  }

  /** An event, and what its message changes of states. */
  Interpreted changing(StateChange change, DeviceEvent event) {
    return new Interpreted.Understood(message(new byte[40]), List.of(event), basis(change));
  }

  private static Basis basis(StateChange change) {
    return new Basis() {
      @Override
      public List<StateChange> states() {
        return List.of(change);
      }

      @Override
      public void undo() {}

      @Override
      public boolean holds() {
        return true;
      }
    };
  }

  /** An event with something to be noted, in one message. */
  Interpreted noting(Note note, DeviceEvent event) {
    return new Interpreted.Understood(noting(note), List.of(event));
  }

  /** A message that says nothing, with something to be noted. */
  Interpreted onlyNoting(Note note) {
    return new Interpreted.PassedOver(noting(note), Basis.NONE);
  }

  /** What cannot be read, with something to be noted. */
  Interpreted unreadable(Note note) {
    return new Interpreted.Refused(
        noting(note), new Refusal(RefusalReason.NOT_JSON, "line 1, column 1: not JSON"));
  }

  private Message noting(Note note) {
    return message(new byte[40]).with(Origin.NO_CONNECTION, note);
  }

  Interpreted ofMany(int events, String device) {
    List<DeviceEvent> many = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      many.add(bulk(device, null));
    }
    return new Interpreted.Understood(message(new byte[40 * events]), many);
  }

  Interpreted unreadable(String payload) {
    return new Interpreted.Refused(
        message(payload.getBytes(StandardCharsets.UTF_8)),
        new Refusal(RefusalReason.NOT_JSON, "line 1, column 1: not JSON"));
  }

  private Message message(byte[] payload) {
    return new Message(
        "mqtt://lift-1",
        new Address.Device(Address.Format.LINLI_JSON, "elevator", "lift-1"),
        payload,
        AT,
        this);
  }

  @Override
  public void taken() {
    answered("taken");
  }

  @Override
  public void refused(Refusal refusal) {
    answered("refused " + refusal.reason().wireName());
  }

  @Override
  public void unavailable(String why) {
    answered("unavailable: " + why);
  }

  private void answered(String what) {
    if (!first.complete(what)) {
      second = what;
    }
  }

  /** What the device was told; null as long as it waits. */
  @Nullable String answer() {
    return second == null ? first.getNow(null) : first.join() + ", then " + second;
  }

  /**
   * What the device is told. A minute is the test's own patience, for commits on a machine that has
   * much else to do; no door waits like this.
   */
  String awaitAnswer() {
    return first.orTimeout(60, TimeUnit.SECONDS).join();
  }
}
