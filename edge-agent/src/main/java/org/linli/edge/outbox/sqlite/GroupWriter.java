package org.linli.edge.outbox.sqlite;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Note;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.Repeats;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.Repeat;
import org.linli.edge.profile.RepeatReason;
import org.linli.event.DeviceEvent;
import org.linli.event.EventTypes;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;

/**
 * Writes a group in one transaction: its rows, its line in the identity log, its dead letters, the
 * alarms for dead letters that may report an emergency, the hub's receipts, the events to give up
 * for lack of room, and the resulting totals. For the writer thread only.
 */
final class GroupWriter {

  /** A longer step means that the clock jumped or the gateway slept. */
  private static final long LONGEST_STEP_MILLIS = 60_000;

  /** The most running time that is not on disk, as long as the disk accepts anything. */
  private static final long LONGEST_UNWRITTEN_MILLIS = 3_600_000;

  private static final int PROBED_BYTES = 64 * 1024;

  /** About as many as an event that this writer adds itself has. */
  private static final int BYTES_OF_OWN_EVENT = 512;

  private final Connection connection;
  private final InstantSource clock;
  private final CommitGate gate;
  private final MessageDigest sha256;
  private final DeviceTable devices;
  private final Identities identities;
  private final DeadLetterTable deadLetters;
  private final UnreadableAlarms unreadableAlarms;
  private final SessionTable sessions;
  private final Request.Tables tables;
  private final OfflineTable offline;
  private final StateTable states;
  private final LaneStores lanes;
  private final Shedder shedder;
  private final MessageAdmission admission;
  private final AtomicBoolean hubIsThere;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement updateTotals;
  private final Repeats repeats;

  /** What the present group says again, in messages that are written. */
  private final List<Repeat> saidAgain = new ArrayList<>();

  private long lastMillis;

  /** Milliseconds since the last commit. */
  private long unwritten;

  private Totals committed;

  /**
   * @param hubIsThere true from the hub's watermarks at the start of a connection until its end;
   *     set here, unset by the uplink
   * @param repeats counts what is said again
   */
  GroupWriter(
      Connection connection,
      GatewayId gateway,
      OutboxSettings settings,
      InstantSource clock,
      CommitGate gate,
      MessageDigest sha256,
      Reserve reserve,
      AtomicBoolean hubIsThere,
      KnownDevices registry,
      Repeats repeats)
      throws SQLException {
    this.connection = connection;
    this.clock = clock;
    this.repeats = repeats;
    this.gate = gate;
    this.sha256 = sha256;
    DeviceLosses losses = new DeviceLosses(connection);
    devices = new DeviceTable(connection, settings, registry, losses);
    identities = new Identities(connection, settings, sha256, devices, Totals.read(connection));
    deadLetters = new DeadLetterTable(connection, settings.keptDeadLetters());
    unreadableAlarms = new UnreadableAlarms(connection, gateway, registry);
    sessions = new SessionTable(connection, settings);
    tables = new Request.Tables(sessions, new CommandTable(connection, clock));
    offline = new OfflineTable(connection);
    states = new StateTable(connection);
    this.hubIsThere = hubIsThere;
    lanes = new LaneStores(connection, losses, settings.quota().toBytes());
    shedder =
        new Shedder(
            connection,
            settings,
            reserve,
            sessions.room(),
            lanes.of(Lane.URGENT),
            lanes.of(Lane.BULK));
    admission = new MessageAdmission(devices, identities, sessions, shedder);
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    updateTotals = connection.prepareStatement(Totals.UPDATE);
    committed = Totals.read(connection);
    lastMillis = clock.millis();
  }

  /** The counters as of the last commit. */
  Totals committed() {
    return committed;
  }

  /** Whether there is something to write without a request. */
  boolean isDue() {
    return isUnfinished()
        || unwritten >= LONGEST_UNWRITTEN_MILLIS
        || unreadableAlarms.isDue(committed.running() + unwritten)
        || committed.ledger().queued() > 0 && shedder.isDue(committed.running() + unwritten);
  }

  /**
   * Why nothing is accepted, because nothing more can be given up; null if messages are accepted.
   */
  @Nullable String full() {
    return shedder.full();
  }

  /** How many devices were forgotten for lack of room, over all starts. */
  long devicesForgotten() {
    return devices.forgotten();
  }

  /** Source of the newest device for which others were forgotten; null if there was none. */
  @Nullable String newcomer() {
    return admission.newcomer();
  }

  /** The messages of the last group that were refused because there is no room for their device. */
  int newDevicesRefused() {
    return admission.newDevicesRefused();
  }

  /** Source of the newest of them; null if there was none. */
  @Nullable String newestRefused() {
    return admission.newestRefused();
  }

  /** How many unregistered devices there is room for. */
  int rememberedUnregistered() {
    return devices.most();
  }

  /** Whether more is left to give up or forget than one commit should. */
  boolean isUnfinished() {
    return shedder.isUnfinished() || identities.isAboveTheLimit();
  }

  /** Adds the time that has passed: one minute at most, in case the clock jumped. */
  void passTime() {
    long now = clock.millis();
    unwritten += Math.clamp(now - lastMillis, 0, LONGEST_STEP_MILLIS);
    lastMillis = now;
  }

  /**
   * Writes and commits with one fsync what can be kept, and answers the rest at once. After an
   * exception this writer must not be used any more; the state has to be read from disk again.
   */
  void write(Answers answers, Map<Lane, Long> receipts) throws SQLException {
    begin.executeUpdate();
    passTime();
    Totals totals = committed.ranFor(unwritten);
    identities.begin(totals.running() / 1_000);
    sessions.begin(totals.running());
    identities.keepToTheLimit(
        committed.urgent().receiptedPosition(), committed.bulk().receiptedPosition());
    totals = writeMessages(answers, totals);
    totals = lanes.deleteReceipted(receipts, totals);
    totals = fulfil(answers.requests(), totals);
    totals = shedder.shed(totals, committed, hubIsThere.get());
    totals = forgetForRoom(totals);
    totals = hubIsThere.get() ? lanes.extendShort(totals, shedder.hasAmpleRoom()) : totals;
    totals.write(updateTotals);
    gate.beforeCommit();
    commit.executeUpdate();
    committed = totals;
    unwritten = 0;
    repeats.add(saidAgain);
    saidAgain.clear();
  }

  /** Forgets as few devices as make enough room, and not more than one commit should. */
  private Totals forgetForRoom(Totals before) throws SQLException {
    Totals totals = before;
    int left = DeviceTable.FORGOTTEN_AT_ONCE;
    while (shedder.full() != null && left > 0) {
      int forgotten =
          identities.makeRoom(
              totals.urgent().receiptedPosition(), totals.bulk().receiptedPosition());
      if (forgotten > 0) {
        totals = shedder.shed(totals, committed, hubIsThere.get());
      }
      left = forgotten == 0 ? 0 : left - forgotten;
    }
    return totals;
  }

  /**
   * Checks whether the disk accepts writes again: inserts {@value #PROBED_BYTES} bytes, deletes
   * them and commits.
   */
  void probe() throws SQLException {
    begin.executeUpdate();
    OutboxDatabase.execute(
        connection,
        "INSERT INTO damaged_row (at, lane, position, events, others)"
            + " VALUES (0, '', 0, 0, zeroblob("
            + PROBED_BYTES
            + "))");
    OutboxDatabase.execute(connection, "DELETE FROM damaged_row WHERE position = 0");
    gate.beforeCommit();
    commit.executeUpdate();
  }

  private Totals writeMessages(Answers answers, Totals before) throws SQLException {
    long now = clock.millis();
    admission.begin(before);
    List<Interpreted> messages = answers.admitted(admission);
    if (messages.isEmpty() && !unreadableAlarms.isDue(before.running())) {
      identities.write(before.urgent().position(), before.bulk().position());
      return before;
    }
    Map<Lane, RowBuilder> rows = new EnumMap<>(Lane.class);
    long offered = 0;
    long refusals = 0;
    long repeated = 0;
    boolean withdrawn = false;
    for (Interpreted message : messages) {
      if (withdrawn && !answers.stillHolds(message)) {
        continue;
      }
      saidAgain.addAll(message.basis().repeats());
      Interpreted.Refused unread = message.basis().unread();
      switch (message) {
        case Interpreted.Refused refused -> {
          offered++;
          if (note(refused)) {
            unread = refused;
          } else {
            unread = null;
            repeated++;
          }
        }
        case Interpreted.PassedOver passed -> unread = note(passed) ? unread : null;
        case Interpreted.Understood understood -> {
          boolean isNew = note(understood);
          Novelty novelty = Novelty.of(understood.basis());
          int bytesEach =
              understood.message().payload().length / Math.max(1, understood.events().size()) + 1;
          int place = 0;
          for (DeviceEvent event : understood.events()) {
            long order = isNew && novelty.mayBeNew(place) ? identities.admit(event) : 0;
            offered++;
            novelty.saw(place++, event, order != 0);
            if (order == 0) {
              repeated++;
              saidAgain.add(
                  new Repeat(
                      event.device(), isNew ? RepeatReason.SAME_ID : RepeatReason.SAME_PACKET));
            } else {
              add(rows, order, event, bytesEach);
            }
          }
          withdrawn |= novelty.withdraw();
          unread = novelty.isAny() ? unread : null;
        }
      }
      if (unread != null) {
        // A part of a message counts beside its events.
        offered += message instanceof Interpreted.Refused ? 0 : 1;
        deadLetters.add(unread, unreadableAlarms.heard(unread, before.running()));
        refusals++;
      }
      states.add(message.basis().states());
    }
    states.write();
    if (refusals > 0) {
      deadLetters.trim();
    }
    if (shedder.full() == null) {
      for (DeviceEvent event : unreadableAlarms.due(before.running(), clock.instant())) {
        offered++;
        add(rows, identities.admit(event), event, BYTES_OF_OWN_EVENT);
      }
    }
    unreadableAlarms.write();
    Totals totals = before.plus(offered, refusals, repeated);
    for (Map.Entry<Lane, RowBuilder> entry : rows.entrySet()) {
      totals =
          totals.withLane(
              entry.getKey(),
              lanes.insert(
                  entry.getKey(),
                  entry.getValue().rows(),
                  totals.lane(entry.getKey()),
                  sha256,
                  now));
    }
    identities.write(totals.urgent().position(), totals.bulk().position());
    return totals;
  }

  private static void add(Map<Lane, RowBuilder> rows, long order, DeviceEvent event, int itsBytes) {
    rows.computeIfAbsent(EventTypes.laneOf(event.kind(), event.type()), lane -> new RowBuilder())
        .add(new TakenEvent(order, event), itsBytes);
  }

  /**
   * Writes a message's note.
   *
   * @return false if the message came before
   */
  private boolean note(Interpreted message) throws SQLException {
    return switch (MessageAdmission.noted(message)) {
      case Note.Received received -> sessions.receive(received);
      case Note.Offline(var device, var kind) -> offline.add(device, kind);
      case Note.Online(var device) -> offline.remove(device);
      case null -> true;
    };
  }

  private Totals fulfil(List<Request> requests, Totals before) throws SQLException {
    Totals totals = before;
    for (Request request : requests) {
      totals =
          switch (request) {
            case Request.OnTables<?> onTables -> {
              onTables.perform(tables);
              yield totals;
            }
            case Request.Settle settle -> {
              settle(totals);
              yield totals;
            }
            case Request.StartEpoch start -> {
              settle(totals);
              yield totals.inEpoch(Math.max(start.above(), totals.epoch()) + 1);
            }
            case Request.Extend(Lane lane, int events, var done) ->
                totals.withLane(
                    lane, lanes.of(lane).extend(events, totals.lane(lane), shedder.hasAmpleRoom()));
            case Request.GiveUpRow row ->
                totals.withLane(
                    row.lane(),
                    lanes
                        .of(row.lane())
                        .giveUpDamaged(row.position(), clock.millis(), totals.lane(row.lane())));
          };
    }
    return totals;
  }

  private void settle(Totals totals) throws SQLException {
    lanes.settle(totals);
    hubIsThere.set(true);
  }
}
