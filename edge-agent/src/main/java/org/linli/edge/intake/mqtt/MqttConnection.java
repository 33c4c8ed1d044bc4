package org.linli.edge.intake.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.mqtt.Admission.Welcome;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.OutOfMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One device's connection, from CONNECT to the end. Everything but {@link #execute}, {@link
 * #takenOver} and {@link #shutDown} runs on its event loop.
 *
 * <pre>
 *   CONNECT ───────────▶ admission ──▶ welcome
 *   PUBLISH, PUBREL ───▶ publications
 *   SUBSCRIBE ─────────▶ subscriptions ──▶ deliveries ──▶ PUBLISH
 *   PUBACK ────────────▶ deliveries
 *   the end ───────────▶ session, will, watch
 * </pre>
 */
final class MqttConnection implements Admission.Applicant, PacketReader.Receiver {

  private static final Logger log = LoggerFactory.getLogger(MqttConnection.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final DoorParts parts;
  private final Line line;
  private final ChannelHandlerContext channel;
  private final MqttSettings settings;
  private final DeviceSessions sessions;
  private final Admission admission;
  private final LoopShare share;
  private final long number;
  private final Place place;

  /** Null before CONNACK. */
  private @Nullable Guest guest;

  private final PacketSizes sizes;
  private final PacketReader reader;

  private boolean closed;

  private final StayAsStranger stay;

  MqttConnection(DoorParts parts, Line line, LoopShare share) {
    this.parts = parts;
    this.line = line;
    this.channel = line.channel();
    this.settings = parts.settings();
    this.sessions = parts.sessions();
    this.admission =
        new Admission(this, parts.clients(), parts.wills(), parts.connected(), settings, sessions);
    this.number = parts.numbers().incrementAndGet();
    this.share = share;
    this.stay = new StayAsStranger(this, line, share.strangers());
    this.place = new Place(line.network(), () -> execute(this::putOut), System::nanoTime);
    this.sizes = new PacketSizes(settings, admission::hasBegun);
    this.reader = new PacketReader(this, settings.packetTimeout(), share);
  }

  /** Adds the packet handlers to the channel and starts the deadline of CONNECT. */
  void open() {
    PacketPipeline.open(
        channel,
        reader,
        settings.largestRest(),
        new UnreadAnswers(
            this, this::drained, this::doesNotRead, settings.packetTimeout(), share.held()));
    stay.begin(settings.connectTimeout());
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Place place() {
    return place;
  }

  /**
   * Closes the connection because another client needs its place, unless it began to publish
   * meanwhile.
   */
  private void putOut() {
    if (place.isInFlight()) {
      parts.connected().places().stays(place);
    } else {
      disconnect(Reason.QUOTA_EXCEEDED, "all places are taken and others publish");
    }
  }

  @Override
  public void execute(Runnable task) {
    channel.executor().execute(task);
  }

  @Override
  public void takenOver(Runnable whenAtItsEnd) {
    execute(
        () -> {
          disconnect(Reason.SESSION_TAKEN_OVER, "", Ending.TAKEN_OVER);
          admission.whenSettled(whenAtItsEnd);
        });
  }

  @Override
  public void shutDown() {
    execute(() -> disconnect(Reason.SERVER_SHUTTING_DOWN, "", Ending.SHUT_DOWN));
  }

  @Override
  public void malformed() {
    disconnect(Reason.MALFORMED_PACKET, "");
  }

  @Override
  public void tooSlow(Duration patience) {
    disconnect(
        Reason.IMPLEMENTATION_SPECIFIC_ERROR,
        "a packet took longer than " + patience.toSeconds() + " s");
  }

  /** Nothing came for one and a half times the keep-alive. */
  private void silent() {
    disconnect(Reason.KEEP_ALIVE_TIMEOUT, "", Ending.KEEP_ALIVE);
  }

  /** The socket was closed, by either side. */
  void ended() {
    finish(Ending.RESET);
    stay.end();
  }

  /**
   * Handles an exception. A reset by the network is usual. Anything else is a defect of ours. If
   * direct memory is exhausted, the program ends, as for any other lack of memory.
   */
  @Override
  public void broke(Throwable cause) {
    OutOfMemory.endsTheProgram(cause);
    limited
        .at(cause instanceof IOException ? Level.DEBUG : Level.WARN, "broke")
        .addKeyValue("source", guest == null ? line.peer() : guest.session().source())
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
    Guest present = guest;
    if (message.decoderResult().isFailure()) {
      unreadable(message.decoderResult().cause());
    } else if (present != null) {
      received(present, message);
    } else if (!admission.hasBegun() && message instanceof MqttConnectMessage connect) {
      stay.end();
      admission.asked(connect);
    } else {
      turnAway();
    }
  }

  private void received(Guest present, MqttMessage message) {
    MqttMessageType type = message.fixedHeader().messageType();
    if (type == MqttMessageType.PINGREQ) {
      send(Packets.pingResp());
    } else if (type == MqttMessageType.DISCONNECT) {
      disconnected(present, message);
    } else if (!present.received(message)) {
      disconnect(Reason.PROTOCOL_ERROR, "unexpected " + type);
    }
  }

  private void disconnected(Guest present, MqttMessage message) {
    if (!(message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader said)) {
      close(Ending.DISCONNECTED);
      return;
    }
    Guest expiring = present.expiring(said.properties(), settings.sessionExpiry());
    if (expiring == null) {
      disconnect(Reason.PROTOCOL_ERROR, "a session that was to end cannot be prolonged");
      return;
    }
    guest = expiring;
    close(said.reasonCode() == 0 ? Ending.DISCONNECTED : Ending.DISCONNECTED_WITH_WILL);
  }

  @Override
  public void welcome(Welcome welcome) {
    Session session = welcome.session();
    Guest present = Guest.of(this, parts, share, welcome);
    guest = present;
    parts.wills().back(session.clientId(), welcome.opened().present());
    PacketPipeline.watch(channel, welcome.patience(), this::silent);
    send(
        Packets.connAck(
            MqttConnectReturnCode.CONNECTION_ACCEPTED,
            welcome.opened().present(),
            session.announced(settings)));
    parts.connected().places().letIn(place);
    present.deliveries().takeUp(welcome.opened().subscriptions(), welcome.rights());
    present.publications().begin();
    resume();
  }

  private void unreadable(Throwable cause) {
    Guest present = guest;
    if (present == null) {
      if (cause instanceof MqttUnacceptableProtocolVersionException) {
        refuse(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
      } else {
        turnAway();
      }
      return;
    }
    limited
        .atInfo("unreadable")
        .addKeyValue("source", present.session().source())
        .addKeyValue("cause", cause.getMessage())
        .log("A device sent a packet that cannot be read; its connection is closed");
    disconnect(Reason.MALFORMED_PACKET, "");
  }

  @Override
  public PacketSizes sizes() {
    return sizes;
  }

  @Override
  public void tooLarge(byte first, int rest, ByteBuf content) {
    Guest present = guest;
    if (present == null) {
      if (Session.beginsAsMqtt5(content)) {
        send(
            Packets.connAck(
                MqttConnectReturnCode.CONNECTION_REFUSED_PACKET_TOO_LARGE,
                false,
                MqttProperties.NO_PROPERTIES));
        linger();
      } else {
        turnAway();
      }
      return;
    }
    String detail = sizes.tooLarge(first, rest);
    if (PacketSizes.isPublish(first)) {
      // The dead letter is made even if nobody can be answered.
      present.publications().tooLarge(new Refusal(RefusalReason.TOO_LARGE, detail));
    }
    if (say(Reason.PACKET_TOO_LARGE, detail)) {
      linger();
    } else {
      close(Ending.TURNED_AWAY);
    }
  }

  @Override
  public void giveWay() {
    limited
        .atWarn("gave-way")
        .addKeyValue("source", guest == null ? line.peer() : guest.session().source())
        .log("A connection is closed because others need the memory that it holds");
    disconnect(Reason.QUOTA_EXCEEDED, "others need the memory");
  }

  @Override
  public void refuse(MqttConnectReturnCode code) {
    if (!closed) {
      send(Packets.connAck(code, false, MqttProperties.NO_PROPERTIES));
      close(Ending.TURNED_AWAY);
    }
  }

  @Override
  public void turnAway() {
    close(Ending.TURNED_AWAY);
  }

  @Override
  public void disconnect(Reason reason, String why) {
    disconnect(reason, why, Ending.TURNED_AWAY);
  }

  private void disconnect(Reason reason, String why, Ending ending) {
    say(reason, why);
    close(ending);
  }

  /**
   * Drops incoming data for a moment before it closes. A socket that is closed with unread data is
   * reset, and the last packet would be lost (RFC 1122 section 4.2.2.13).
   */
  private void linger() {
    finish(Ending.TURNED_AWAY);
    stay.linger();
  }

  /** Sends DISCONNECT; false if the protocol has none. */
  private boolean say(Reason reason, String why) {
    Guest present = guest;
    if (closed || present == null || !present.session().speaksMqtt5()) {
      return false;
    }
    send(Packets.disconnect(reason, present.session().explained(why)));
    return true;
  }

  @Override
  public void write(MqttMessage packet) {
    var _ = channel.write(packet, channel.voidPromise());
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public boolean isWritable() {
    return channel.channel().isWritable();
  }

  /** The client has read, and more can be written. */
  private void drained() {
    Guest present = guest;
    if (present != null) {
      present.deliveries().deliver();
    }
  }

  /** The client did not read its packets in time. */
  private void doesNotRead() {
    close(Ending.TURNED_AWAY);
  }

  @Override
  public void pause() {
    reader.pause();
  }

  @Override
  public void resume() {
    reader.resume();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  private void close(Ending ending) {
    if (!closed) {
      finish(ending);
      line.close();
      // What was said goes out at the end of what is being read.
      channel.executor().execute(stay::linger);
    }
  }

  /** Settles session, will and watch at the end of the connection, once. */
  private void finish(Ending ending) {
    if (closed) {
      return;
    }
    closed = true;
    stay.end();
    reader.letGo();
    Guest present = guest;
    if (present != null) {
      present.keepSession(sessions);
    }
    admission.ended();
    if (present != null) {
      present.left(ending, parts.wills());
      ending.why().ifPresent(why -> parts.watch().broken(number, why));
    }
  }
}
