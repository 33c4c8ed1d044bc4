package org.linli.edge.liveness;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.ConnectionListener;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Note;
import org.linli.edge.intake.Origin;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.outbox.SaidOffline;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Reports that a device is offline, and online again, in events that the gateway creates itself
 * (delivery contract, point 9).
 *
 * <pre>
 *   connection breaks ──▶ grace ──▶ silent at all the doors ──▶ device.offline
 *   offline device sends ──────────────────────────────────────▶ device.online, before its message
 * </pre>
 *
 * <p>Only the last connection that a device used counts, and only if it ended without DISCONNECT.
 * The two events alternate, also across restarts: the reported state is written in the transaction
 * of the event. Their ids start with {@value EventId#MADE_BY_GATEWAY}, followed by a UUID; {@code
 * values.why} of an offline event says how the connection ended. The grace is measured by a
 * monotonic clock. A device that the outbox does not remember is not reported offline: nothing of
 * it was ever taken, or it was forgotten for lack of room.
 */
@Component
public final class PresenceReporter implements ConnectionListener {

  private static final EventType OFFLINE = new EventType("device.offline");
  private static final EventType ONLINE = new EventType("device.online");

  private final OwnStatements exit;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final long grace;
  private final int maxDevices;

  /** The last connection of each device, longest silent first. */
  private final LinkedHashMap<DeviceId, SignOfLife> devices = new LinkedHashMap<>();

  private final Map<Long, Set<DeviceId>> byConnection = new HashMap<>();

  /** In the order in which they are due; one entry per device, its newest. */
  private final LinkedHashMap<DeviceId, Doubt> doubts = new LinkedHashMap<>();

  /** Devices that are offline, or have a statement pending. */
  private final Map<DeviceId, DeviceState> states = new LinkedHashMap<>();

  /** Increases with every sign of life. */
  private long signs;

  /** A device's last sign of life. */
  private record SignOfLife(Kind kind, long connection, long sign) {}

  /** A device whose connection broke after this sign of life. */
  private record Doubt(DeviceId device, SignOfLife last, String why, long due) {}

  @Autowired
  public PresenceReporter(
      LivenessSettings liveness,
      PresenceSettings settings,
      OwnStatements exit,
      SaidOffline saidOffline,
      InstantSource clock) {
    this(liveness, settings, exit, saidOffline, clock, System::nanoTime);
  }

  /**
   * @param nanoTime a monotonic clock
   */
  PresenceReporter(
      LivenessSettings liveness,
      PresenceSettings settings,
      OwnStatements exit,
      SaidOffline saidOffline,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.exit = exit;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.grace = settings.grace().toNanos();
    this.maxDevices = liveness.mostDevices();
    saidOffline
        .atStart()
        .forEach((device, kind) -> states.put(device, new DeviceState(device, kind, true, "")));
  }

  /**
   * Records the devices of a message, except of a will, which is not a sign of life.
   *
   * @return what the outbox has to be offered, in this order: the gateway's statements about these
   *     devices, then the message
   */
  public synchronized List<Interpreted> heard(Interpreted interpreted) {
    if (!(interpreted instanceof Interpreted.Understood(var message, var events, var _))) {
      return List.of(interpreted);
    }
    if (!message.origin().isSignOfLife()) {
      return List.of(interpreted);
    }
    long connection = message.origin().connection();
    List<Interpreted> statements = List.of();
    DeviceEvent before = null;
    for (DeviceEvent event : events) {
      if (before == null || !before.device().equals(event.device())) {
        DeviceState state = heard(event.device(), event.kind(), connection);
        Interpreted statement = state == null ? null : next(state);
        if (statement != null) {
          statements = statements.isEmpty() ? new ArrayList<>() : statements;
          statements.add(statement);
        }
      }
      before = event;
    }
    if (statements.isEmpty()) {
      return List.of(interpreted);
    }
    statements.add(interpreted);
    return statements;
  }

  private @Nullable DeviceState heard(DeviceId device, Kind kind, long connection) {
    SignOfLife before = devices.putLast(device, new SignOfLife(kind, connection, ++signs));
    if (before == null || before.connection() != connection) {
      leave(device, before);
      if (connection > 0) {
        byConnection.computeIfAbsent(connection, none -> new HashSet<>()).add(device);
      }
      if (devices.size() > maxDevices) {
        Map.Entry<DeviceId, SignOfLife> silent = devices.pollFirstEntry();
        leave(silent.getKey(), silent.getValue());
      }
    }
    DeviceState state = states.get(device);
    if (state != null) {
      state.isOffline = false;
    }
    return state;
  }

  private void leave(DeviceId device, @Nullable SignOfLife spoke) {
    if (spoke != null && spoke.connection() > 0) {
      byConnection.computeIfPresent(
          spoke.connection(),
          (connection, there) -> there.remove(device) && there.isEmpty() ? null : there);
    }
  }

  @Override
  public synchronized void broken(long connection, String why) {
    Set<DeviceId> silent = byConnection.remove(connection);
    if (silent == null || grace == 0) {
      return;
    }
    long due = nanoTime.getAsLong() + grace;
    for (DeviceId device : silent) {
      SignOfLife last = devices.get(device);
      if (last != null) {
        doubts.putLast(device, new Doubt(device, last, why, due));
        if (doubts.size() > maxDevices) {
          doubts.pollFirstEntry();
        }
      }
    }
  }

  /** Makes statements that are due, and repeats those that the disk did not take. */
  void tick() {
    due().forEach(exit::say);
  }

  private synchronized List<Interpreted.Understood> due() {
    long now = nanoTime.getAsLong();
    for (Doubt next = nextDoubt(); next != null && next.due() - now <= 0; next = nextDoubt()) {
      doubts.pollFirstEntry();
      SignOfLife last = devices.get(next.device());
      if (last != null && last.sign() == next.last().sign() && hasRoomFor(next.device())) {
        doubted(next, last.kind());
      }
    }
    return List.copyOf(states.values()).stream()
        .filter(DeviceState::isDue)
        .map(this::next)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Number of devices that may turn out to be offline. */
  synchronized int doubts() {
    return doubts.size();
  }

  private @Nullable Doubt nextDoubt() {
    Map.Entry<DeviceId, Doubt> next = doubts.firstEntry();
    return next == null ? null : next.getValue();
  }

  private void doubted(Doubt doubt, Kind kind) {
    DeviceState state =
        states.computeIfAbsent(
            doubt.device(), device -> new DeviceState(device, kind, false, doubt.why()));
    state.isOffline = true;
    state.why = doubt.why();
  }

  private boolean hasRoomFor(DeviceId device) {
    return states.size() < maxDevices || states.containsKey(device);
  }

  /** The next statement, which is to be offered now; null for none. A device without any goes. */
  private Interpreted.@Nullable Understood next(DeviceState state) {
    if (state.offered) {
      return null;
    }
    DeviceEvent statement = state.statement;
    if (statement == null && state.isOffline != state.saidOffline) {
      statement = statement(state);
      state.statement = statement;
    }
    if (statement == null) {
      if (state.isOrdinary()) {
        states.remove(state.device);
      }
      return null;
    }
    state.offered = true;
    return new Interpreted.Understood(
        new Message(
                "gateway",
                Address.NOWHERE,
                new byte[0],
                statement.takenAt(),
                new StatementReply(state))
            .with(Origin.NO_CONNECTION, note(statement)),
        List.of(statement));
  }

  private static Note note(DeviceEvent statement) {
    return statement.type().equals(OFFLINE)
        ? new Note.Offline(statement.device(), statement.kind())
        : new Note.Online(statement.device());
  }

  private DeviceEvent statement(DeviceState state) {
    Instant now = clock.instant();
    return new DeviceEvent(
        state.device,
        state.kind,
        state.isOffline ? OFFLINE : ONLINE,
        new EventId(EventId.MADE_BY_GATEWAY + UUID.randomUUID()),
        now,
        null,
        now,
        state.isOffline ? new Values(Map.of("why", new Value.Text(state.why))) : Values.NONE);
  }

  private synchronized void failed(DeviceState state) {
    state.offered = false;
    state.failed();
  }

  /** What is to be said next is said by the next tick, or before the device's next message. */
  private synchronized void taken(DeviceState state) {
    state.offered = false;
    DeviceEvent statement = state.statement;
    if (statement == null) {
      return;
    }
    state.saidOffline = statement.type().equals(OFFLINE);
    state.statement = null;
    state.succeeded();
    if (state.isOrdinary()) {
      states.remove(state.device);
    }
  }

  /** The outbox no longer knows the device, so there is nothing to report. */
  private synchronized void forgotten(DeviceState state) {
    state.statement = null;
    state.isOffline = state.saidOffline;
  }

  /** The outbox's answer to a statement of the gateway. */
  private final class StatementReply implements Reply {
    private final DeviceState state;

    StatementReply(DeviceState state) {
      this.state = state;
    }

    @Override
    public void taken() {
      PresenceReporter.this.taken(state);
    }

    @Override
    public void refused(Refusal refusal) {
      throw new IllegalStateException("the gateway's own statement was refused: " + refusal);
    }

    @Override
    public void forgotten() {
      PresenceReporter.this.forgotten(state);
    }

    @Override
    public void unavailable(String why) {
      failed(state);
    }
  }
}
