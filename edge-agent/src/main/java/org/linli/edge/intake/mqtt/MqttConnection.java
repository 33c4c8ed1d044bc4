package org.linli.edge.intake.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
final class MqttConnection {

  private static final Logger log = LoggerFactory.getLogger(MqttConnection.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final long LINGER_MILLIS = 2_000;
  private static final int MOST_ANSWERS_TOGETHER = 256;

  private final MqttDoor door;
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

  /** Number of calls of {@link #pause} without {@link #resume}. */
  private int holds;

  /** The deadline of its CONNECT or, later, of its closing. */
  private @Nullable Future<?> deadline;

  MqttConnection(
      MqttDoor door, Line line, MqttSettings settings, DeviceSessions sessions, LoopShare share) {
    this.door = door;
    this.line = line;
    this.channel = line.channel();
    this.settings = settings;
    this.sessions = sessions;
    this.admission = new Admission(this, door, settings, sessions);
    this.number = door.nextNumber();
    this.share = share;
    this.place = new Place(line.network(), () -> execute(this::putOut), System::nanoTime);
    this.sizes = new PacketSizes(settings, admission::hasBegun);
    this.reader = new PacketReader(this, settings.packetTimeout(), share);
  }

  /** Adds the packet handlers to the channel and starts the deadline of CONNECT. */
  void open() {
    ChannelPipeline pipeline = channel.pipeline();
    // Answers to packets of one read are flushed together, not with a system call each.
    pipeline.addBefore(Line.END, "flush", new FlushConsolidationHandler(MOST_ANSWERS_TOGETHER));
    pipeline.addBefore(Line.END, "encode", MqttEncoder.INSTANCE);
    pipeline.addBefore(Line.END, "read", reader);
    pipeline.addBefore(
        Line.END, "decode", new MqttDecoder(settings.largestRest(), Session.LONGEST_CLIENT_ID));
    pipeline.addBefore(Line.END, "decoded", reader.decoded());
    pipeline.addBefore(
        Line.END, "unread", new UnreadAnswers(this, settings.packetTimeout(), share.held()));
    share.strangers().add(this);
    if (!closed) {
      deadline =
          channel
              .executor()
              .schedule(
                  this::turnAway, settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Number of the connection; a later connection has a higher one. */
  long number() {
    return number;
  }

  /** The connection's place among the clients. */
  Place place() {
    return place;
  }

  /**
   * Closes the connection because another client needs its place, unless it began to publish
   * meanwhile.
   */
  private void putOut() {
    if (place.isInFlight()) {
      door.places().stays(place);
    } else {
      disconnect(Reason.QUOTA_EXCEEDED, "all places are taken and others publish");
    }
  }

  /** Runs a task on the connection's event loop; from any thread. */
  void execute(Runnable task) {
    channel.executor().execute(task);
  }

  /**
   * Another connection came with the same client id (MQTT 5 section 3.1.4).
   *
   * @param whenAtItsEnd called once this one has made its last request for the session
   */
  void takenOver(Runnable whenAtItsEnd) {
    execute(
        () -> {
          disconnect(Reason.SESSION_TAKEN_OVER, "", Ending.TAKEN_OVER);
          admission.whenSettled(whenAtItsEnd);
        });
  }

  void shutDown() {
    execute(() -> disconnect(Reason.SERVER_SHUTTING_DOWN, "", Ending.SHUT_DOWN));
  }

  /** A packet's content does not match its length. */
  void malformed() {
    disconnect(Reason.MALFORMED_PACKET, "");
  }

  /** A packet began and was not completed in time. */
  void tooSlow(Duration patience) {
    disconnect(
        Reason.IMPLEMENTATION_SPECIFIC_ERROR,
        "a packet took longer than " + patience.toSeconds() + " s");
  }

  /** Nothing came for one and a half times the keep-alive. */
  void silent() {
    disconnect(Reason.KEEP_ALIVE_TIMEOUT, "", Ending.KEEP_ALIVE);
  }

  /** The socket was closed, by either side. */
  void ended() {
    finish(Ending.RESET);
    expectNothing();
  }

  /**
   * Handles an exception. A reset by the network is usual. Anything else is a defect of ours. If
   * direct memory is exhausted, the program ends, as for any other lack of memory.
   */
  void broke(Throwable cause) {
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
      expectNothing();
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

  void welcome(Welcome welcome) {
    Session session = welcome.session();
    Deliveries deliveries = new Deliveries(this, door, sessions, welcome, share.subscriptions());
    Publications publications = new Publications(this, door, settings, sessions, welcome, share);
    guest =
        new Guest(
            welcome.takenUp(),
            publications,
            new Subscriptions(this, door, settings, sessions, welcome, deliveries),
            deliveries,
            session.expiry());
    door.wills().back(session.clientId(), welcome.opened().present());
    door.watch(channel, this, welcome.patience());
    send(
        Packets.connAck(
            MqttConnectReturnCode.CONNECTION_ACCEPTED,
            welcome.opened().present(),
            session.announced(settings)));
    door.places().letIn(place);
    deliveries.takeUp(welcome.opened().subscriptions(), welcome.rights());
    publications.begin();
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

  PacketSizes sizes() {
    return sizes;
  }

  /**
   * A packet's length is above the limit.
   *
   * @param content the packet's content, as far as it has come
   */
  void tooLarge(byte first, int rest, ByteBuf content) {
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

  /**
   * Closes the connection because others need its memory. The client can send unfinished packets
   * again.
   */
  void giveWay() {
    limited
        .atWarn("gave-way")
        .addKeyValue("source", guest == null ? line.peer() : guest.session().source())
        .log("A connection is closed because others need the memory that it holds");
    disconnect(Reason.QUOTA_EXCEEDED, "others need the memory");
  }

  /** Closes the socket at once: too many connections are before CONNECT or do not close. */
  void drop() {
    turnAway();
    line.cut();
  }

  /** The CONNECT has come, or the connection is closed. */
  private void expectNothing() {
    share.strangers().remove(this);
    Future<?> running = deadline;
    deadline = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  /** Sends CONNACK with the reason of the refusal, and closes. */
  void refuse(MqttConnectReturnCode code) {
    if (!closed) {
      send(Packets.connAck(code, false, MqttProperties.NO_PROPERTIES));
      close(Ending.TURNED_AWAY);
    }
  }

  /** Closes without a packet, if the protocol has none. */
  void turnAway() {
    close(Ending.TURNED_AWAY);
  }

  /** Sends DISCONNECT with the reason, if the protocol has it, and closes. */
  void disconnect(Reason reason, String why) {
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
    goInAMoment();
  }

  /**
   * Gives a client that does not read the last packet only a moment before the socket is closed.
   */
  private void goInAMoment() {
    if (channel.channel().isOpen()) {
      share.strangers().add(this);
      deadline = channel.executor().schedule(line::cut, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
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

  void send(MqttMessage packet) {
    write(packet);
    flush();
  }

  /** Writes a packet. A failure ends the connection through its exception handler. */
  void write(MqttMessage packet) {
    var _ = channel.write(packet, channel.voidPromise());
  }

  void flush() {
    channel.flush();
  }

  /** Whether the client reads what was written; otherwise more of it would fill the memory. */
  boolean isWritable() {
    return channel.channel().isWritable();
  }

  /** The client has read, and more can be written. */
  void drained() {
    Guest present = guest;
    if (present != null) {
      present.deliveries().deliver();
    }
  }

  /** The client did not read its packets in time. */
  void doesNotRead() {
    close(Ending.TURNED_AWAY);
  }

  /** Stops reading until {@link #resume} was called as often as this. */
  void pause() {
    if (holds++ == 0) {
      reader.pause();
    }
  }

  void resume() {
    if (--holds == 0) {
      reader.resume();
    }
  }

  boolean isClosed() {
    return closed;
  }

  private void close(Ending ending) {
    if (!closed) {
      finish(ending);
      line.close();
      // Pending packets are flushed at the end of the current read.
      channel.executor().execute(this::goInAMoment);
    }
  }

  /** Settles session, will and watch at the end of the connection, once. */
  private void finish(Ending ending) {
    if (closed) {
      return;
    }
    closed = true;
    expectNothing();
    reader.letGo();
    Guest present = guest;
    if (present != null) {
      present.keepSession(sessions);
    }
    admission.ended();
    if (present != null) {
      present.left(ending, door);
      ending.why().ifPresent(why -> door.watch().broken(number, why));
    }
  }
}
