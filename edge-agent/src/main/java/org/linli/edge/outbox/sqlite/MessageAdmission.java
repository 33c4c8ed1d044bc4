package org.linli.edge.outbox.sqlite;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Note;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.outbox.sqlite.Answers.Verdict;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;

/**
 * Decides which messages of a group are written: those for which there is room. For the writer
 * thread only.
 */
final class MessageAdmission implements Answers.Admission<SQLException> {

  private final DeviceTable devices;
  private final Identities identities;
  private final SessionTable sessions;
  private final Shedder shedder;

  /** Positions up to which the lanes have no waiting rows. */
  private long urgentGone;

  private long bulkGone;

  /** Packet ids of the current group that have room. */
  private int idsToNote;

  private @Nullable String newcomer;
  private int newDevicesRefused;
  private @Nullable String newestRefused;

  MessageAdmission(
      DeviceTable devices, Identities identities, SessionTable sessions, Shedder shedder) {
    this.devices = devices;
    this.identities = identities;
    this.sessions = sessions;
    this.shedder = shedder;
  }

  /** Begins a group. */
  void begin(Totals totals) {
    urgentGone = totals.urgent().receiptedPosition();
    bulkGone = totals.bulk().receiptedPosition();
    idsToNote = 0;
    newDevicesRefused = 0;
  }

  /** Source of the newest device for which others were forgotten; null if there was none. */
  @Nullable String newcomer() {
    return newcomer;
  }

  /** How many messages of the group were refused because there is no room for their device. */
  int newDevicesRefused() {
    return newDevicesRefused;
  }

  /** Source of the newest of them; null if there was none. */
  @Nullable String newestRefused() {
    return newestRefused;
  }

  @Override
  public Verdict on(Interpreted message, boolean holds) throws SQLException {
    if (!holds) {
      return withoutBasis(message);
    }
    if (noted(message) instanceof Note.Received && !sessions.hasRoomForIds(++idsToNote)) {
      idsToNote--;
      return new Verdict.NotNow(
          "what MQTT clients left unreleased at QoS 2 uses up its share of the quota"
              + " (linli.outbox.quota)");
    }
    if (!(message instanceof Interpreted.Understood(Message said, List<DeviceEvent> events, _))) {
      return Verdict.WRITE;
    }
    String full = shedder.full();
    if (full != null) {
      return new Verdict.NotNow(full);
    }
    Note note = said.note();
    if (note instanceof Note.Offline(var device, var _) && !identities.remembers(device.value())) {
      said.reply().forgotten();
      return new Verdict.NotNow("the gateway does not remember " + device);
    }
    boolean isOwn = note instanceof Note.OfPresence;
    long forgotten = devices.forgotten();
    boolean hasRoom = identities.hasRoomFor(events, urgentGone, bulkGone);
    if (devices.forgotten() > forgotten && !isOwn) {
      newcomer = said.source();
    }
    return hasRoom ? Verdict.WRITE : isOwn ? new Verdict.NotNow(devices.noRoom()) : noRoom(said);
  }

  private Verdict noRoom(Message message) {
    devices.sayNoRoom();
    newDevicesRefused++;
    newestRefused = message.source();
    return message.origin().refusedIfNoRoom()
        ? new Verdict.Refuse(new Refusal(RefusalReason.TOO_MANY_DEVICES, devices.noRoom()))
        : new Verdict.NotNow(devices.noRoom());
  }

  /**
   * What the message relies on was not kept. If there is no room for its device either, that is
   * why: it is refused like the first one. Otherwise it has to come again, to be read anew.
   */
  private Verdict withoutBasis(Interpreted message) throws SQLException {
    boolean isOfNewDevice =
        switch (message) {
          case Interpreted.Understood understood ->
              !identities.hasRoomFor(understood.events(), urgentGone, bulkGone);
          case Interpreted.PassedOver _ -> newestRefused != null;
          case Interpreted.Refused _ -> false;
        };
    return isOfNewDevice && message.message().origin().refusedIfNoRoom()
        ? noRoom(message.message())
        : Answers.NOT_IN_TURN;
  }

  /** What is to be noted with the message; null for nothing. */
  static @Nullable Note noted(Interpreted message) {
    Note note = message.message().note();
    return message instanceof Interpreted.Refused
            && note instanceof Note.Received received
            && !received.alsoIfRefused()
        ? null
        : note;
  }
}
