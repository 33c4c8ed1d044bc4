package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Message.Format;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.mqtt.Publication.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One device's connection, from CONNECT to the end. Everything but {@link #answered} runs on its
 * event loop.
 *
 * <pre>
 *   PUBLISH ──▶ waiting ──▶ intake ──▶ … disk
 *                  │                      │ answered()
 *   PUBACK  ◀──────┴──────────────────────┘   in the order of the PUBLISHes, one flush for all
 * </pre>
 *
 * <p>While too much waits for the disk nothing more is read, so that a device's flood stays in its
 * own socket. What the disk refuses for now is not answered at all: the connection is closed.
 */
final class MqttConnection {

  private static final Logger log = LoggerFactory.getLogger(MqttConnection.class);

  private final MqttDoor door;
  private final NetSocketInternal socket;
  private final ChannelHandlerContext channel;
  private final MqttSettings settings;

  /** Publications that wait for the disk, oldest first. */
  private final Queue<Publication> waiting = new ArrayDeque<>();

  /** Packet ids of QoS 2 that were answered with PUBREC and not yet released. */
  private final Set<Integer> unreleased = new HashSet<>();

  private final AtomicBoolean answersDue = new AtomicBoolean();

  private @Nullable Session session;
  private long waitingBytes;

  /** Messages that count against Receive Maximum: MQTT 5 section 4.9. */
  private int owed;

  private boolean paused;
  private boolean closed;

  MqttConnection(MqttDoor door, NetSocketInternal socket, MqttSettings settings) {
    this.door = door;
    this.socket = socket;
    this.channel = socket.channelHandlerContext();
    this.settings = settings;
  }

  /** Has the publications that are answered by now acknowledged; from any thread. */
  void answered() {
    if (answersDue.compareAndSet(false, true)) {
      channel.executor().execute(this::sendAnswers);
    }
  }

  /** Another connection came with the same client id (MQTT 5 section 3.1.4). */
  void takenOver() {
    channel.executor().execute(() -> disconnect(Reason.SESSION_TAKEN_OVER, ""));
  }

  void shutDown() {
    channel.executor().execute(() -> disconnect(Reason.SERVER_SHUTTING_DOWN, ""));
  }

  void ended() {
    closed = true;
    Session open = session;
    if (open != null) {
      door.left(open.clientId(), this);
    }
  }

  /** A reset by the network is everyday; anything else is a fault of ours. */
  void broke(Throwable cause) {
    log.atLevel(cause instanceof IOException ? Level.DEBUG : Level.WARN)
        .addKeyValue("source", session == null ? socket.remoteAddress() : session.source())
        .setCause(cause)
        .log("The connection of a device broke");
    close();
  }

  void received(Object packet) {
    try {
      if (!closed && packet instanceof MqttMessage message) {
        received(message);
      }
    } finally {
      ReferenceCountUtil.release(packet);
    }
  }

  private void received(MqttMessage message) {
    Session open = session;
    if (message.decoderResult().isFailure()) {
      unreadable(message, message.decoderResult().cause());
    } else if (open == null) {
      if (message instanceof MqttConnectMessage connect) {
        connect(connect);
      } else {
        close();
      }
    } else {
      received(open, message);
    }
  }

  private void received(Session open, MqttMessage message) {
    switch (message) {
      case MqttPublishMessage publish -> publish(open, publish);
      case MqttSubscribeMessage subscribe -> {
        // Commands to devices will come this way; nobody may listen to other devices.
        int code = open.speaksMqtt5() ? Reason.NOT_AUTHORIZED.code() & 0xff : 0x80;
        int topics = subscribe.payload().topicSubscriptions().size();
        send(Packets.subAck(subscribe.variableHeader().messageId(), topics, code));
      }
      case MqttUnsubscribeMessage unsubscribe ->
          send(
              Packets.unsubAck(
                  unsubscribe.variableHeader().messageId(),
                  open.speaksMqtt5() ? unsubscribe.payload().topics().size() : 0,
                  Reason.NO_SUBSCRIPTION_EXISTED));
      default -> receivedBare(message);
    }
  }

  private void receivedBare(MqttMessage message) {
    MqttMessageType type = message.fixedHeader().messageType();
    if (type == MqttMessageType.PINGREQ) {
      send(Packets.pingResp());
    } else if (type == MqttMessageType.PUBREL
        && message.variableHeader() instanceof MqttMessageIdVariableHeader header) {
      boolean known = unreleased.remove(header.messageId());
      owed -= known ? 1 : 0;
      Reason reason = known ? Reason.SUCCESS : Reason.PACKET_IDENTIFIER_NOT_FOUND;
      send(Packets.pubComp(header.messageId(), reason));
    } else if (type == MqttMessageType.DISCONNECT) {
      close();
    } else {
      disconnect(Reason.PROTOCOL_ERROR, "unexpected " + type);
    }
  }

  private void connect(MqttConnectMessage connect) {
    int version = connect.variableHeader().version();
    MqttProperties asked = connect.variableHeader().properties();
    if (asked.getProperty(MqttPropertyType.AUTHENTICATION_METHOD.value()) != null) {
      refuse(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD);
      return;
    }
    Session opening = Session.open(version, connect.payload().clientIdentifier(), asked);
    if (opening.clientId().length() > Session.LONGEST_CLIENT_ID
        || opening.wasNameless()
            && !connect.variableHeader().isCleanSession()
            && !opening.speaksMqtt5()) {
      refuse(opening.identifierRefused());
      return;
    }
    if (!door.entered(opening.clientId(), this)) {
      refuse(opening.full());
      return;
    }
    session = opening;
    keepAlive(connect.variableHeader().keepAliveTimeSeconds());
    send(Packets.connAck(MqttConnectReturnCode.CONNECTION_ACCEPTED, opening.announced(settings)));
  }

  /** A silent client is cut off after one and a half times its keep-alive (section 3.1.2.10). */
  private void keepAlive(int seconds) {
    channel.pipeline().remove(MqttDoor.IDLE);
    if (seconds > 0) {
      channel
          .pipeline()
          .addBefore(
              "handler",
              MqttDoor.IDLE,
              new IdleStateHandler(seconds * 1_500L, 0, 0, TimeUnit.MILLISECONDS));
    }
  }

  private void publish(Session open, MqttPublishMessage publish) {
    MqttQoS qos = publish.fixedHeader().qosLevel();
    int packetId = publish.variableHeader().packetId();
    if (publish.variableHeader().properties().getProperty(MqttPropertyType.TOPIC_ALIAS.value())
        != null) {
      disconnect(Reason.TOPIC_ALIAS_INVALID, "no topic aliases were offered");
      return;
    }
    if (qos == MqttQoS.EXACTLY_ONCE && isRepeated(packetId)) {
      return;
    }
    if (open.speaksMqtt5() && qos != MqttQoS.AT_MOST_ONCE && owed >= settings.inFlight()) {
      disconnect(
          Reason.RECEIVE_MAXIMUM_EXCEEDED, "more than " + settings.inFlight() + " in flight");
      return;
    }
    byte[] payload = new byte[publish.payload().readableBytes()];
    publish.payload().readBytes(payload);
    Publication publication = new Publication(this, qos, packetId, payload.length);
    waiting.add(publication);
    waitingBytes += payload.length;
    owed += qos == MqttQoS.AT_MOST_ONCE ? 0 : 1;
    if (!paused
        && (waiting.size() > settings.inFlight()
            || waitingBytes >= settings.inFlightBytes().toBytes())) {
      paused = true;
      socket.pause();
    }
    door.intake().accept(message(open, publish.variableHeader().topicName(), payload, publication));
  }

  /** Whether a QoS 2 message is here already; then its PUBREC is repeated, or still due. */
  private boolean isRepeated(int packetId) {
    if (unreleased.contains(packetId)) {
      send(Packets.pubRec(packetId, Reason.SUCCESS, MqttProperties.NO_PROPERTIES));
      return true;
    }
    return waiting.stream()
        .anyMatch(held -> held.qos() == MqttQoS.EXACTLY_ONCE && held.packetId() == packetId);
  }

  private Message message(Session open, String topic, byte[] payload, Publication publication) {
    String[] levels = topic.split("/", -1);
    if (levels.length != 3 || !levels[0].equals("linli")) {
      Refusal refusal =
          new Refusal(
              RefusalReason.UNKNOWN_ADDRESS,
              "no profile reads this topic; events go to linli/{kind}/{deviceId}");
      return Message.unreadable(open.source(), payload, door.now(), refusal, publication);
    }
    return new Message(
        open.source(), Format.LINLI_JSON, levels[1], levels[2], payload, door.now(), publication);
  }

  private void sendAnswers() {
    answersDue.set(false);
    Session open = session;
    if (closed || open == null) {
      return;
    }
    boolean written = false;
    for (Publication next = waiting.peek(); next != null; next = waiting.peek()) {
      Answer answer = next.answer();
      if (answer == null) {
        break;
      }
      if (answer instanceof Answer.Unavailable(var why)) {
        disconnect(Reason.QUOTA_EXCEEDED, why);
        return;
      }
      waiting.remove();
      waitingBytes -= next.size();
      written |= write(open, next, answer);
    }
    if (written) {
      channel.flush();
    }
    if (paused
        && waiting.size() <= settings.inFlight() / 2
        && waitingBytes <= settings.inFlightBytes().toBytes() / 2) {
      paused = false;
      socket.resume();
    }
  }

  private boolean write(Session open, Publication publication, Answer answer) {
    Reason reason = Reason.SUCCESS;
    MqttProperties properties = MqttProperties.NO_PROPERTIES;
    if (open.speaksMqtt5() && answer instanceof Answer.Refused(var refusal)) {
      reason = Reason.of(refusal.reason());
      properties = open.explained(refusal.detail());
    }
    int packetId = publication.packetId();
    switch (publication.qos()) {
      case AT_LEAST_ONCE -> {
        owed--;
        write(Packets.pubAck(packetId, reason, properties));
      }
      case EXACTLY_ONCE -> {
        // A PUBREC with an error ends the exchange, there is no PUBREL (MQTT 5 section 4.3.3).
        if (reason == Reason.SUCCESS) {
          unreleased.add(packetId);
        } else {
          owed--;
        }
        write(Packets.pubRec(packetId, reason, properties));
      }
      case AT_MOST_ONCE, FAILURE -> {
        return false;
      }
    }
    return true;
  }

  private void unreadable(MqttMessage message, Throwable cause) {
    Session open = session;
    if (open == null) {
      if (cause instanceof MqttUnacceptableProtocolVersionException) {
        refuse(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
      } else {
        close();
      }
      return;
    }
    log.atInfo()
        .addKeyValue("source", open.source())
        .addKeyValue("cause", cause.getMessage())
        .log("A device sent a packet that cannot be read; its connection is closed");
    if (cause instanceof TooLongFrameException) {
      long limit = settings.maxMessageSize().toBytes();
      int size = message.fixedHeader() == null ? 0 : message.fixedHeader().remainingLength();
      String detail = size + " bytes, at most " + limit + " are taken";
      Refusal refusal = new Refusal(RefusalReason.TOO_LARGE, detail);
      // Its dead letter is made whether or not anybody is left to be answered.
      Publication unanswered = new Publication(this, MqttQoS.AT_MOST_ONCE, 0, 0);
      door.intake()
          .accept(Message.unreadable(open.source(), new byte[0], door.now(), refusal, unanswered));
      disconnect(Reason.PACKET_TOO_LARGE, detail);
    } else {
      disconnect(Reason.MALFORMED_PACKET, "");
    }
  }

  private void refuse(MqttConnectReturnCode code) {
    send(Packets.connAck(code, MqttProperties.NO_PROPERTIES));
    close();
  }

  /** Says why, where the protocol can, and closes. */
  private void disconnect(Reason reason, String why) {
    Session open = session;
    if (!closed && open != null && open.speaksMqtt5()) {
      send(Packets.disconnect(reason, open.explained(why)));
    }
    close();
  }

  private void send(MqttMessage packet) {
    write(packet);
    channel.flush();
  }

  /** A packet that cannot be written ends the connection, by way of its exception handler. */
  private void write(MqttMessage packet) {
    var _ = channel.write(packet, channel.voidPromise());
  }

  private void close() {
    if (!closed) {
      closed = true;
      socket.close();
    }
  }
}
