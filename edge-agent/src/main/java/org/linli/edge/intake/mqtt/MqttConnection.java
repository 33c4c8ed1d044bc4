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
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.DeviceSessions.Opened;
import org.linli.edge.intake.DeviceSessions.Opening;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One device's connection, from CONNECT to the end. Everything but {@link #execute} runs on its
 * event loop.
 *
 * <pre>
 *   CONNECT ──▶ former connection at its end ──▶ session from the disk ──▶ CONNACK
 *   PUBLISH, PUBREL ◀──▶ publications
 * </pre>
 */
final class MqttConnection {

  private static final Logger log = LoggerFactory.getLogger(MqttConnection.class);

  private final MqttDoor door;
  private final NetSocketInternal socket;
  private final ChannelHandlerContext channel;
  private final MqttSettings settings;
  private final DeviceSessions sessions;
  private final long number;

  /** Null before a CONNECT that could be read. */
  private @Nullable Session session;

  /** Null before CONNACK. */
  private @Nullable Publications publications;

  private Opened opened = Opened.NOTHING;

  /** What is to be said when the client vanishes. */
  private @Nullable Will will;

  /** How long the session goes on when the connection ends. */
  private Duration expiry = Duration.ZERO;

  /** Whether its session is being opened, so that whoever comes next has to wait. */
  private boolean opening;

  private @Nullable Runnable successor;
  private boolean closed;

  MqttConnection(
      MqttDoor door, NetSocketInternal socket, MqttSettings settings, DeviceSessions sessions) {
    this.door = door;
    this.socket = socket;
    this.channel = socket.channelHandlerContext();
    this.settings = settings;
    this.sessions = sessions;
    this.number = door.nextNumber();
  }

  /** The later a connection came, the higher is its number. */
  long number() {
    return number;
  }

  /** Has something done on the connection's event loop; from any thread. */
  void execute(Runnable task) {
    channel.executor().execute(task);
  }

  /**
   * Another connection came with the same client id (MQTT 5 section 3.1.4).
   *
   * @param whenAtItsEnd called once this one has asked for its last
   */
  void takenOver(Runnable whenAtItsEnd) {
    execute(
        () -> {
          disconnect(Reason.SESSION_TAKEN_OVER, "", Ending.TAKEN_OVER);
          if (opening) {
            successor = whenAtItsEnd;
          } else {
            whenAtItsEnd.run();
          }
        });
  }

  void shutDown() {
    execute(() -> disconnect(Reason.SERVER_SHUTTING_DOWN, "", Ending.SHUT_DOWN));
  }

  /** Nothing came for one and a half times the keep-alive, or no CONNECT came at all. */
  void silent() {
    disconnect(Reason.KEEP_ALIVE_TIMEOUT, "", Ending.KEEP_ALIVE);
  }

  /** The socket is closed, by whichever side. */
  void ended() {
    finish(Ending.RESET);
  }

  /** A reset by the network is everyday; anything else is a fault of ours. */
  void broke(Throwable cause) {
    log.atLevel(cause instanceof IOException ? Level.DEBUG : Level.WARN)
        .addKeyValue("source", session == null ? socket.remoteAddress() : session.source())
        .setCause(cause)
        .log("The connection of a device broke");
    close(Ending.RESET);
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
    Session present = session;
    Publications open = publications;
    if (message.decoderResult().isFailure()) {
      unreadable(message, message.decoderResult().cause());
    } else if (present != null && open != null) {
      received(present, open, message);
    } else if (present == null && message instanceof MqttConnectMessage connect) {
      connect(connect);
    } else {
      close(Ending.TURNED_AWAY);
    }
  }

  private void received(Session present, Publications open, MqttMessage message) {
    switch (message) {
      case MqttPublishMessage publish -> open.published(publish);
      case MqttSubscribeMessage subscribe -> {
        // Commands to devices will come this way; nobody may listen to other devices.
        int code = present.speaksMqtt5() ? Reason.NOT_AUTHORIZED.code() & 0xff : 0x80;
        int topics = subscribe.payload().topicSubscriptions().size();
        send(Packets.subAck(subscribe.variableHeader().messageId(), topics, code));
      }
      case MqttUnsubscribeMessage unsubscribe ->
          send(
              Packets.unsubAck(
                  unsubscribe.variableHeader().messageId(),
                  present.speaksMqtt5() ? unsubscribe.payload().topics().size() : 0,
                  Reason.NO_SUBSCRIPTION_EXISTED));
      default -> receivedBare(open, message);
    }
  }

  private void receivedBare(Publications open, MqttMessage message) {
    MqttMessageType type = message.fixedHeader().messageType();
    if (type == MqttMessageType.PINGREQ) {
      send(Packets.pingResp());
    } else if (type == MqttMessageType.PUBREL
        && message.variableHeader() instanceof MqttMessageIdVariableHeader header) {
      open.released(header.messageId());
    } else if (type == MqttMessageType.DISCONNECT) {
      disconnected(message);
    } else {
      disconnect(Reason.PROTOCOL_ERROR, "unexpected " + type);
    }
  }

  private void disconnected(MqttMessage message) {
    if (!(message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader said)) {
      close(Ending.DISCONNECTED);
      return;
    }
    MqttProperties properties = said.properties();
    if (properties.getProperty(MqttPropertyType.SESSION_EXPIRY_INTERVAL.value()) != null) {
      int seconds = Session.integer(properties, MqttPropertyType.SESSION_EXPIRY_INTERVAL, 0);
      if (expiry.isZero() && seconds != 0) {
        disconnect(Reason.PROTOCOL_ERROR, "a session that was to end cannot be prolonged");
        return;
      }
      expiry = Session.granted(seconds, settings.sessionExpiry());
    }
    close(said.reasonCode() == 0 ? Ending.DISCONNECTED : Ending.DISCONNECTED_WITH_WILL);
  }

  private void connect(MqttConnectMessage connect) {
    int version = connect.variableHeader().version();
    MqttProperties asked = connect.variableHeader().properties();
    if (asked.getProperty(MqttPropertyType.AUTHENTICATION_METHOD.value()) != null) {
      refuse(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD);
      return;
    }
    boolean clean = connect.variableHeader().isCleanSession();
    Session asking =
        Session.open(
            version, connect.payload().clientIdentifier(), clean, asked, settings.sessionExpiry());
    if (asking.clientId().length() > Session.LONGEST_CLIENT_ID
        || asking.wasNameless() && !clean && !asking.speaksMqtt5()) {
      refuse(asking.identifierRefused());
      return;
    }
    Will left = Will.of(connect, asking.source()).orElse(null);
    if (left != null && !isFit(left, asking)) {
      return;
    }
    will = left;
    int keepAlive = connect.variableHeader().keepAliveTimeSeconds();
    session = asking;
    opening = true;
    // What follows on the CONNECT waits until the session is there.
    pause();
    if (!door.entered(
        asking.clientId(), this, () -> execute(() -> openSession(asking, keepAlive)))) {
      opening = false;
      refuse(asking.full());
    }
  }

  /** A will that could never be published is refused now, while its client is there to hear it. */
  private boolean isFit(Will left, Session asking) {
    MqttConnectReturnCode code;
    if (!left.hasTopic()) {
      code = MqttConnectReturnCode.CONNECTION_REFUSED_TOPIC_NAME_INVALID;
    } else if (left.payload().length > settings.maxWillSize().toBytes()) {
      code = MqttConnectReturnCode.CONNECTION_REFUSED_PACKET_TOO_LARGE;
    } else {
      return true;
    }
    log.atInfo()
        .addKeyValue("source", asking.source())
        .addKeyValue("code", code)
        .log("A client is not let in because of its will");
    if (asking.speaksMqtt5()) {
      refuse(code);
    } else {
      close(Ending.TURNED_AWAY);
    }
    return false;
  }

  private void openSession(Session asking, int keepAlive) {
    if (closed) {
      opened(asking);
      return;
    }
    var _ =
        sessions
            .open(
                new Opening(
                    asking.clientId(), asking.clean(), asking.expiry(), settings.maxSessions()))
            .whenComplete(
                (found, failed) ->
                    execute(
                        () -> {
                          if (failed == null) {
                            welcome(asking, found, keepAlive);
                          } else {
                            refuse(asking.unavailable());
                          }
                          opened(asking);
                        }));
  }

  /** Opening has come to its end, also where nobody is left; whoever waits for that may go on. */
  private void opened(Session asking) {
    opening = false;
    if (closed) {
      door.left(asking.clientId(), this);
    }
    Runnable next = successor;
    successor = null;
    if (next != null) {
      next.run();
    }
  }

  private void welcome(Session asking, Opened found, int keepAlive) {
    if (closed) {
      if (found.isKept()) {
        sessions.left(found.number(), asking.expiry());
      }
      return;
    }
    Session agreed = found.isKept() ? asking : asking.unkept();
    session = agreed;
    opened = found;
    expiry = agreed.expiry();
    door.wills().back(agreed.clientId(), found.present());
    publications = new Publications(this, door, settings, sessions, agreed, found);
    door.watch(channel, this, Duration.ofMillis(keepAlive * 1_500L));
    send(
        Packets.connAck(
            MqttConnectReturnCode.CONNECTION_ACCEPTED,
            found.present(),
            agreed.announced(settings)));
    resume();
  }

  private void unreadable(MqttMessage message, Throwable cause) {
    Session present = session;
    Publications open = publications;
    if (present == null || open == null) {
      if (cause instanceof MqttUnacceptableProtocolVersionException) {
        refuse(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
      } else {
        close(Ending.TURNED_AWAY);
      }
      return;
    }
    log.atInfo()
        .addKeyValue("source", present.source())
        .addKeyValue("cause", cause.getMessage())
        .log("A device sent a packet that cannot be read; its connection is closed");
    if (cause instanceof TooLongFrameException) {
      long limit = settings.maxMessageSize().toBytes();
      int size = message.fixedHeader() == null ? 0 : message.fixedHeader().remainingLength();
      String detail = size + " bytes, at most " + limit + " are taken";
      // Its dead letter is made whether or not anybody is left to be answered.
      open.tooLarge(new Refusal(RefusalReason.TOO_LARGE, detail));
      disconnect(Reason.PACKET_TOO_LARGE, detail);
    } else {
      disconnect(Reason.MALFORMED_PACKET, "");
    }
  }

  private void refuse(MqttConnectReturnCode code) {
    if (!closed) {
      send(Packets.connAck(code, false, MqttProperties.NO_PROPERTIES));
      close(Ending.TURNED_AWAY);
    }
  }

  /** Says why, where the protocol can, and closes. */
  void disconnect(Reason reason, String why) {
    disconnect(reason, why, Ending.TURNED_AWAY);
  }

  private void disconnect(Reason reason, String why, Ending ending) {
    Session present = session;
    if (!closed && present != null && publications != null && present.speaksMqtt5()) {
      send(Packets.disconnect(reason, present.explained(why)));
    }
    close(ending);
  }

  void send(MqttMessage packet) {
    write(packet);
    flush();
  }

  /** A packet that cannot be written ends the connection, by way of its exception handler. */
  void write(MqttMessage packet) {
    var _ = channel.write(packet, channel.voidPromise());
  }

  void flush() {
    channel.flush();
  }

  void pause() {
    socket.pause();
  }

  void resume() {
    socket.resume();
  }

  boolean isClosed() {
    return closed;
  }

  private void close(Ending ending) {
    if (!closed) {
      finish(ending);
      socket.close();
    }
  }

  /** Whatever is to be said or kept when the connection is at its end, once. */
  private void finish(Ending ending) {
    Session present = session;
    if (closed) {
      return;
    }
    closed = true;
    if (present != null) {
      log.atDebug()
          .addKeyValue("source", present.source())
          .addKeyValue("ending", ending)
          .log("The connection of a device is at its end");
      if (opened.isKept()) {
        sessions.left(opened.number(), expiry);
      }
      if (will != null && publications != null && ending.leavesWill()) {
        door.wills().left(present.clientId(), will, expiry);
      }
      if (publications != null) {
        ending.why().ifPresent(why -> door.watch().broken(number, why));
      }
      if (!opening) {
        door.left(present.clientId(), this);
      }
    }
  }
}
