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

  /** How many wait for something before more may be read. */
  private int holds;

  /** Until its CONNECT has come. */
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

  /** The handlers that make packets of bytes and bytes of packets, and the time that it has. */
  void open() {
    ChannelPipeline pipeline = channel.pipeline();
    // What a client asks at once is answered at once, and not with a call of the system for each.
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

  /** The later a connection came, the higher is its number. */
  long number() {
    return number;
  }

  /** What it does with its place among the clients. */
  Place place() {
    return place;
  }

  /** Others need its place; not where it began to publish meanwhile. */
  private void putOut() {
    if (place.isInFlight()) {
      door.places().stays(place);
    } else {
      disconnect(Reason.QUOTA_EXCEEDED, "all places are taken and others publish");
    }
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
          admission.whenSettled(whenAtItsEnd);
        });
  }

  void shutDown() {
    execute(() -> disconnect(Reason.SERVER_SHUTTING_DOWN, "", Ending.SHUT_DOWN));
  }

  /** The length of a packet and its content do not fit. */
  void malformed() {
    disconnect(Reason.MALFORMED_PACKET, "");
  }

  /** A packet began and did not come to its end. */
  void tooSlow(Duration patience) {
    disconnect(
        Reason.IMPLEMENTATION_SPECIFIC_ERROR,
        "a packet took longer than " + patience.toSeconds() + " s");
  }

  /** Nothing came for one and a half times the keep-alive. */
  void silent() {
    disconnect(Reason.KEEP_ALIVE_TIMEOUT, "", Ending.KEEP_ALIVE);
  }

  /** The socket is closed, by whichever side. */
  void ended() {
    finish(Ending.RESET);
    expectNothing();
  }

  /**
   * A reset by the network is everyday; anything else is a fault of ours, and memory outside of the
   * heap that is used up ends the program as any other does.
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
   * A packet says that it is larger than it may be.
   *
   * @param content of it, as far as it has come
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
      // Its dead letter is made whether or not anybody is left to be answered.
      present.publications().tooLarge(new Refusal(RefusalReason.TOO_LARGE, detail));
    }
    if (say(Reason.PACKET_TOO_LARGE, detail)) {
      linger();
    } else {
      close(Ending.TURNED_AWAY);
    }
  }

  /** Others need the memory that it holds; what it did not finish it can send again. */
  void giveWay() {
    limited
        .atWarn("gave-way")
        .addKeyValue("source", guest == null ? line.peer() : guest.session().source())
        .log("A connection is closed because others need the memory that it holds");
    disconnect(Reason.QUOTA_EXCEEDED, "others need the memory");
  }

  /** It has to go at once: too many have said nothing yet, or do not leave. */
  void drop() {
    turnAway();
    line.cut();
  }

  /** Its CONNECT has come, or it is gone. */
  private void expectNothing() {
    share.strangers().remove(this);
    Future<?> running = deadline;
    deadline = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  /** Says in CONNACK why the client is not let in, and closes. */
  void refuse(MqttConnectReturnCode code) {
    if (!closed) {
      send(Packets.connAck(code, false, MqttProperties.NO_PROPERTIES));
      close(Ending.TURNED_AWAY);
    }
  }

  /** Closes without a word, where the protocol has none. */
  void turnAway() {
    close(Ending.TURNED_AWAY);
  }

  /** Says why, where the protocol can, and closes. */
  void disconnect(Reason reason, String why) {
    disconnect(reason, why, Ending.TURNED_AWAY);
  }

  private void disconnect(Reason reason, String why, Ending ending) {
    say(reason, why);
    close(ending);
  }

  /**
   * Drops what still comes for a moment: a socket that is closed with something unread is reset,
   * and what was said is lost on its way (RFC 1122 section 4.2.2.13).
   */
  private void linger() {
    finish(Ending.TURNED_AWAY);
    goInAMoment();
  }

  /** Who does not take what was said last keeps his socket for a moment, and no longer. */
  private void goInAMoment() {
    if (channel.channel().isOpen()) {
      share.strangers().add(this);
      deadline = channel.executor().schedule(line::cut, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether the protocol has words for it. */
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

  /** A packet that cannot be written ends the connection, by way of its exception handler. */
  void write(MqttMessage packet) {
    var _ = channel.write(packet, channel.voidPromise());
  }

  void flush() {
    channel.flush();
  }

  /** Whether the client takes what was written, so that more of it does not fill the memory. */
  boolean isWritable() {
    return channel.channel().isWritable();
  }

  /** The client has read, and takes more. */
  void drained() {
    Guest present = guest;
    if (present != null) {
      present.deliveries().deliver();
    }
  }

  /** What waits for the client was not read in all the time that there is for it. */
  void doesNotRead() {
    close(Ending.TURNED_AWAY);
  }

  /** Nothing more is read until {@link #resume} was called as often as this. */
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
      // What was said goes out at the end of what is being read.
      channel.executor().execute(this::goInAMoment);
    }
  }

  /** Whatever is to be said or kept when the connection is at its end, once. */
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
