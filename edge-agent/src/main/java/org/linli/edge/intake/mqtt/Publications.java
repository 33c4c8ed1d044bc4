package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.DeviceSessions.Opened;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.MessageAnswer;
import org.linli.edge.intake.PacketIds;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.mqtt.Admission.Accepted;

/**
 * Messages of one client, from PUBLISH to PUBACK or PUBCOMP. Everything but {@link #answered} and
 * {@link #flush} runs on the connection's event loop.
 *
 * <pre>
 *   PUBLISH ──▶ waiting ──▶ intake ──▶ … disk
 *                  │                      │ Publication.taken ──▶ answered(): due in DueAnswers
 *                  │                      │ Publication.flush ──▶ DueAnswers wakes the event loop
 *   PUBACK  ◀──────┴──────────────────────┘ sendAnswers(), in the order of the PUBLISHes, one flush
 *   PUBREC  ◀──────┘  its id noted with the message
 *   PUBREL  ──▶ unreleased ──▶ … disk ──▶ PUBCOMP
 * </pre>
 *
 * <p>While too much waits for the disk, reading stops, so that a device's flood stays in its own
 * socket. A message that the disk refuses for now is not acknowledged. The connection is closed,
 * and the messages behind it are not taken either, so that all of them come again in order.
 */
final class Publications implements DueAnswers.Answering {

  /**
   * Bytes of ids that every connection has room for: 64 ids, and as many from an earlier
   * connection.
   */
  static final int OWN_ROOM = 256;

  private final ClientConnection connection;
  private final Intake intake;
  private final MqttSettings settings;
  private final DeviceSessions sessions;
  private final Session session;
  private final PublishedMessages messages;

  /** The session on disk; 0 if the packet ids end with the connection. */
  private final long kept;

  /** Publications that wait for the disk, oldest first. */
  private final Queue<Publication> waiting = new ArrayDeque<>();

  /** Packet ids of QoS 2 that were answered with PUBREC and not yet released. */
  private final PacketIds unreleased;

  /**
   * Those of them that came over an earlier connection, where they counted against Receive Maximum.
   */
  private final PacketIds carriedOver;

  /** This client's share of the limit on all clients' unreleased ids. */
  private final HeldBytes.Holding holding;

  /** After one publication was not kept, none behind it may be. */
  private volatile boolean broken;

  /** Packet ids whose PUBREL is being written to the disk. */
  private final Set<Integer> releasing = new HashSet<>();

  private final AtomicBoolean areAnswersDue = new AtomicBoolean();

  /** Shared by the connections of the event loop. */
  private final DueAnswers allDue;

  /** Bytes of the next message before the door cut it; 0 if it did not. */
  private int cutFrom;

  /** Why only the beginning of the next message is there; null if all of it that counts is. */
  private @Nullable Refusal cutRefusal;

  private long waitingBytes;

  /** Messages that count against Receive Maximum: MQTT 5 section 4.9. */
  private int owed;

  private boolean paused;
  private boolean pausedForReleases;

  Publications(
      ClientConnection connection,
      Intake intake,
      InstantSource clock,
      MqttSettings settings,
      DeviceSessions sessions,
      Accepted accepted,
      LoopShare share) {
    this.connection = connection;
    this.intake = intake;
    this.settings = settings;
    this.sessions = sessions;
    Opened opened = accepted.opened();
    this.session = accepted.session();
    this.kept = opened.number();
    this.messages =
        new PublishedMessages(session, accepted.rights(), connection.number(), kept, clock);
    this.unreleased = new PacketIds(opened.unreleased());
    this.carriedOver = new PacketIds(opened.unreleased());
    this.holding = share.unreleased().holding(connection::giveWay);
    this.allDue = share.answers();
  }

  /** Counts the session's ids against the limit, after CONNACK was sent. */
  void begin() {
    holding.set(beyondOwnRoom());
  }

  void ended() {
    holding.set(0);
  }

  /** Bytes of ids beyond those that every client has room for. */
  private int beyondOwnRoom() {
    return connection.isClosed()
        ? 0
        : Math.max(0, unreleased.bytes() + carriedOver.bytes() - OWN_ROOM);
  }

  /** Some publications are answered and can be acknowledged; from any thread. */
  void answered() {
    if (areAnswersDue.compareAndSet(false, true)) {
      allDue.add(this);
    }
  }

  /** Sends the acknowledgements, with those of other clients; from any thread. */
  void flush() {
    allDue.flush(connection::execute);
  }

  @Override
  public void broke(Throwable cause) {
    connection.broke(cause);
  }

  /** A publication was not kept; from any thread. */
  void broken() {
    broken = true;
  }

  boolean isBroken() {
    return broken;
  }

  /**
   * Something of the next message was cut.
   *
   * @param bytes how many it had
   * @param refusal why there is only its beginning; null if what was cut does not count
   */
  void cut(int bytes, @Nullable Refusal refusal) {
    cutFrom = bytes;
    cutRefusal = refusal;
  }

  void published(MqttPublishMessage publish) {
    int whole = cutFrom;
    Refusal refusal = cutRefusal;
    cutFrom = 0;
    cutRefusal = null;
    MqttQoS qos = publish.fixedHeader().qosLevel();
    int packetId = publish.variableHeader().packetId();
    if (publish.variableHeader().properties().getProperty(MqttPropertyType.TOPIC_ALIAS.value())
        != null) {
      connection.disconnect(Reason.TOPIC_ALIAS_INVALID, "no topic aliases were offered");
      return;
    }
    if (publish.variableHeader().topicName().isEmpty()) {
      connection.disconnect(Reason.PROTOCOL_ERROR, "a topic is missing");
      return;
    }
    if (qos == MqttQoS.EXACTLY_ONCE && isRepeated(packetId)) {
      return;
    }
    if (qos != MqttQoS.AT_MOST_ONCE && exceeds(qos)) {
      return;
    }
    byte[] payload = new byte[publish.payload().readableBytes()];
    publish.payload().readBytes(payload);
    Publication publication = new Publication(this, qos, packetId, payload.length, refusal != null);
    waiting.add(publication);
    connection.place().published();
    waitingBytes += payload.length;
    owed += qos == MqttQoS.AT_MOST_ONCE ? 0 : 1;
    if (!paused
        && (waiting.size() > settings.inFlight()
            || waitingBytes >= settings.inFlightBytes().toBytes())) {
      paused = true;
      connection.pause();
    }
    String topic = publish.variableHeader().topicName();
    Message message =
        refusal == null
            ? messages.of(topic, payload, publication)
            : messages.tooLarge(topic, payload, refusal, publication);
    intake.accept(whole > payload.length ? message.cutFrom(whole) : message);
  }

  private boolean exceeds(MqttQoS qos) {
    if (session.speaksMqtt5() && owed >= settings.inFlight()) {
      connection.disconnect(
          Reason.RECEIVE_MAXIMUM_EXCEEDED, "more than " + settings.inFlight() + " in flight");
      return true;
    }
    if (qos == MqttQoS.EXACTLY_ONCE && unreleased.size() >= settings.maxUnreleased()) {
      connection.disconnect(
          Reason.RECEIVE_MAXIMUM_EXCEEDED, "more than " + settings.maxUnreleased() + " unreleased");
      return true;
    }
    return false;
  }

  /**
   * Whether the QoS 2 message came before. Then PUBREC is sent again now, or will be when it is
   * due.
   */
  private boolean isRepeated(int packetId) {
    if (unreleased.contains(packetId)) {
      connection.send(Packets.pubRec(packetId, Reason.SUCCESS, MqttProperties.NO_PROPERTIES));
      return true;
    }
    return waiting.stream()
        .anyMatch(held -> held.qos() == MqttQoS.EXACTLY_ONCE && held.packetId() == packetId);
  }

  /**
   * Makes a dead letter of a packet that was too large to be read to its end; the client gets no
   * acknowledgement.
   *
   * @param topic empty if it had not come yet
   * @param beginning what is kept of the packet
   * @param size how many bytes it was to have
   */
  void tooLarge(String topic, byte[] beginning, int size, Refusal refusal) {
    Publication unanswered = new Publication(this, MqttQoS.AT_MOST_ONCE, 0, 0, true);
    intake.accept(
        messages
            .tooLarge(topic, beginning, refusal, unanswered)
            .cutFrom(Math.max(size, beginning.length)));
  }

  /** PUBREL: the id is removed from the disk before PUBCOMP is sent. */
  void released(int packetId) {
    if (!unreleased.contains(packetId)) {
      connection.send(Packets.pubComp(packetId, Reason.PACKET_IDENTIFIER_NOT_FOUND));
    } else if (kept == 0) {
      complete(packetId);
    } else if (releasing.add(packetId)) {
      connection.place().published();
      if (!pausedForReleases && releasing.size() >= settings.inFlight()) {
        pausedForReleases = true;
        connection.pause();
      }
      var _ =
          sessions
              .release(kept, packetId)
              .whenComplete(
                  (done, failed) -> connection.execute(() -> forgotten(packetId, failed)));
    }
  }

  private void forgotten(int packetId, @Nullable Throwable failed) {
    if (failed != null) {
      connection.disconnect(Reason.QUOTA_EXCEEDED, "the disk refuses");
      return;
    }
    releasing.remove(packetId);
    restIfDone();
    complete(packetId);
    // Last, because it hands on what was held: perhaps more PUBRELs, which pause again.
    if (pausedForReleases && releasing.size() < settings.inFlight()) {
      pausedForReleases = false;
      connection.resume();
    }
  }

  private void complete(int packetId) {
    if (unreleased.remove(packetId) && !carriedOver.remove(packetId)) {
      owed--;
    }
    // A client that releases is active, so it counts as the newest holder.
    holding.renew(beyondOwnRoom());
    if (!connection.isClosed()) {
      connection.send(Packets.pubComp(packetId, Reason.SUCCESS));
    }
  }

  @Override
  public void sendAnswers() {
    areAnswersDue.set(false);
    if (connection.isClosed()) {
      return;
    }
    boolean written = false;
    for (Publication next = waiting.peek(); next != null; next = waiting.peek()) {
      MessageAnswer answer = next.answer();
      if (answer == null) {
        break;
      }
      if (answer instanceof MessageAnswer.Unavailable(var why)) {
        connection.disconnect(Reason.QUOTA_EXCEEDED, why);
        return;
      }
      waiting.remove();
      waitingBytes -= next.size();
      written |= write(next, answer);
      if (next.isTooLarge() && answer instanceof MessageAnswer.Refused(var refusal)) {
        tooLarge(refusal);
      }
      if (connection.isClosed()) {
        return;
      }
    }
    restIfDone();
    if (written) {
      connection.flush();
    }
    if (paused
        && waiting.size() <= settings.inFlight() / 2
        && waitingBytes <= settings.inFlightBytes().toBytes() / 2) {
      paused = false;
      connection.resume();
    }
  }

  /** MQTT 5 section 3.2.2.3.6. A client of MQTT 3.1.1 cannot be told, and goes on. */
  private void tooLarge(Refusal refusal) {
    if (session.speaksMqtt5()) {
      connection.disconnect(Reason.PACKET_TOO_LARGE, refusal.detail());
    }
  }

  private void restIfDone() {
    if (waiting.isEmpty() && releasing.isEmpty()) {
      connection.place().rests();
    }
  }

  private boolean write(Publication publication, MessageAnswer answer) {
    Reason reason = Reason.SUCCESS;
    MqttProperties properties = MqttProperties.NO_PROPERTIES;
    if (session.speaksMqtt5() && answer instanceof MessageAnswer.Refused(var refusal)) {
      reason = Reason.of(refusal.reason());
      properties = session.explained(refusal.detail());
    }
    int packetId = publication.packetId();
    switch (publication.qos()) {
      case AT_LEAST_ONCE -> {
        owed--;
        connection.write(Packets.pubAck(packetId, reason, properties));
      }
      case EXACTLY_ONCE -> {
        // After a PUBREC with an error no PUBREL follows (MQTT 5 section 4.3.3).
        connection.write(Packets.pubRec(packetId, reason, properties));
        if (reason == Reason.SUCCESS) {
          unreleased.add(packetId);
          holding.set(beyondOwnRoom());
        } else {
          owed--;
        }
      }
      case AT_MOST_ONCE, FAILURE -> {
        return false;
      }
    }
    return true;
  }
}
