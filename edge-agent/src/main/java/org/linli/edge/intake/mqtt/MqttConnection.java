package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Refusals;
import org.linli.edge.intake.mqtt.Admission.Accepted;
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
 *   CONNECT ───────────▶ admission ──▶ accepted
 *   PUBLISH, PUBREL ───▶ publications
 *   SUBSCRIBE ─────────▶ subscriptions ──▶ deliveries ──▶ PUBLISH
 *   PUBACK ────────────▶ deliveries
 *   the end ───────────▶ session, will, listener
 * </pre>
 */
final class MqttConnection implements UnreadablePackets.Connection {

  private static final Logger log = LoggerFactory.getLogger(MqttConnection.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final ConnectionLifecycle lifecycle;
  private final AcceptedClients clients;
  private final ClientSocket socket;
  private final ChannelHandlerContext channel;
  private final MqttSettings settings;
  private final Admission admission;
  private final LoopShare share;
  private final long number;
  private final Place place;

  /** Null before CONNACK. */
  private volatile @Nullable AcceptedClient client;

  private final UnreadablePackets unreadable;
  private final PacketReader reader;

  private boolean closed;

  private final PendingDeadline pending;

  MqttConnection(
      MqttSettings settings,
      ConnectionLifecycle lifecycle,
      AcceptedClients clients,
      ClientSocket socket,
      LoopShare share) {
    this.settings = settings;
    this.lifecycle = lifecycle;
    this.clients = clients;
    this.socket = socket;
    this.channel = socket.channel();
    this.admission = lifecycle.admission(this);
    this.number = lifecycle.nextNumber();
    this.share = share;
    this.pending = new PendingDeadline(this, socket, share.pending());
    this.place = new Place(socket.network(), () -> execute(this::putOut), System::nanoTime);
    this.unreadable =
        new UnreadablePackets(
            this, new PacketSizes(settings, admission::hasBegun), clients.search());
    this.reader = new PacketReader(unreadable, settings.packetTimeout(), share);
  }

  /** Adds the packet handlers to the channel and starts the deadline of CONNECT. */
  void open() {
    PacketPipeline.open(
        channel,
        reader,
        settings.largestRest(),
        new UnreadAnswers(
            this, this::drained, this::doesNotRead, settings.packetTimeout(), share.held()));
    pending.begin(settings.connectTimeout());
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public @Nullable AcceptedClient client() {
    return client;
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
      lifecycle.stays(place);
    } else {
      disconnect(Reason.QUOTA_EXCEEDED, "all places are taken and others publish");
    }
  }

  @Override
  public void execute(Runnable task) {
    channel.executor().execute(() -> guarded(task));
  }

  /** A defect in a task ends the connection; otherwise a client would wait for ever. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error defect) {
      broke(defect);
    }
  }

  @Override
  public void takenOver(Runnable whenAtItsEnd) {
    execute(
        () -> {
          try {
            disconnect(Reason.SESSION_TAKEN_OVER, "", ConnectionEnd.TAKEN_OVER);
          } finally {
            admission.whenSettled(whenAtItsEnd);
          }
        });
  }

  @Override
  public void shutDown() {
    execute(() -> disconnect(Reason.SERVER_SHUTTING_DOWN, "", ConnectionEnd.SHUT_DOWN));
  }

  @Override
  public boolean isLetIn() {
    return client != null;
  }

  /** Nothing came for one and a half times the keep-alive. */
  private void silent() {
    disconnect(Reason.KEEP_ALIVE_TIMEOUT, "", ConnectionEnd.KEEP_ALIVE);
  }

  @Override
  public void refused(Refusals.Unkept what) {
    lifecycle.refused(client, what);
  }

  @Override
  public void refused(RefusalReason reason) {
    lifecycle.refused(client, reason);
  }

  /** The socket was closed, by either side. */
  void ended() {
    finish(ConnectionEnd.RESET);
    pending.end();
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
        .addKeyValue("source", source())
        .setCause(cause)
        .log("The connection of a device broke");
    close(ConnectionEnd.RESET);
  }

  private String source() {
    AcceptedClient present = client;
    return present == null ? socket.peer() : present.session().source();
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
    AcceptedClient present = client;
    if (message.decoderResult().isFailure()) {
      unreadable.undecodable(message.decoderResult().cause());
    } else if (present != null) {
      received(present, message);
    } else if (!admission.hasBegun() && message instanceof MqttConnectMessage connect) {
      pending.end();
      admission.asked(connect);
    } else {
      turnAway();
    }
  }

  private void received(AcceptedClient present, MqttMessage message) {
    MqttMessageType type = message.fixedHeader().messageType();
    if (type == MqttMessageType.PINGREQ) {
      send(Packets.pingResp());
    } else if (type == MqttMessageType.DISCONNECT) {
      disconnected(present, message);
    } else if (!present.received(message)) {
      refused(Refusals.Unkept.MALFORMED);
      disconnect(Reason.PROTOCOL_ERROR, "unexpected " + type);
    }
  }

  private void disconnected(AcceptedClient present, MqttMessage message) {
    if (!(message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader said)) {
      close(ConnectionEnd.DISCONNECTED);
      return;
    }
    AcceptedClient expiring = present.expiring(said.properties(), settings.sessionExpiry());
    if (expiring == null) {
      disconnect(Reason.PROTOCOL_ERROR, "a session that was to end cannot be prolonged");
      return;
    }
    client = expiring;
    close(
        said.reasonCode() == 0 ? ConnectionEnd.DISCONNECTED : ConnectionEnd.DISCONNECTED_WITH_WILL);
  }

  @Override
  public void accepted(Accepted accepted) {
    Session session = accepted.session();
    AcceptedClient present = clients.of(this, share, accepted);
    client = present;
    lifecycle.accepted(accepted);
    PacketPipeline.keepAlive(channel, accepted.patience(), this::silent);
    send(
        Packets.connAck(
            MqttConnectReturnCode.CONNECTION_ACCEPTED,
            accepted.opened().present(),
            session.announced(settings)));
    lifecycle.letIn(place);
    present.deliveries().takeUp(accepted.opened().subscriptions(), accepted.rights());
    present.publications().begin();
    resume();
  }

  @Override
  public void giveWay() {
    limited
        .atWarn("gave-way")
        .addKeyValue("source", source())
        .log("A connection is closed because others need the memory that it holds");
    disconnect(Reason.QUOTA_EXCEEDED, "others need the memory");
  }

  @Override
  public void refuse(MqttConnectReturnCode code) {
    if (!closed) {
      send(Packets.connAck(code, false, MqttProperties.NO_PROPERTIES));
      close(ConnectionEnd.TURNED_AWAY);
    }
  }

  @Override
  public void turnAway() {
    close(ConnectionEnd.TURNED_AWAY);
  }

  @Override
  public void disconnect(Reason reason, String why) {
    disconnect(reason, why, ConnectionEnd.TURNED_AWAY);
  }

  private void disconnect(Reason reason, String why, ConnectionEnd ending) {
    say(reason, why);
    close(ending);
  }

  /**
   * Drops incoming data for a moment before it closes. A socket that is closed with unread data is
   * reset, and the last packet would be lost (RFC 1122 section 4.2.2.13).
   */
  @Override
  public void linger() {
    finish(ConnectionEnd.TURNED_AWAY);
    pending.linger();
  }

  @Override
  public boolean say(Reason reason, String why) {
    AcceptedClient present = client;
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
    AcceptedClient present = client;
    if (present != null) {
      present.deliveries().deliver();
    }
  }

  /** The client did not read its packets in time. */
  private void doesNotRead() {
    close(ConnectionEnd.TURNED_AWAY);
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

  private void close(ConnectionEnd ending) {
    if (!closed) {
      try {
        finish(ending);
      } finally {
        socket.close();
        // What was said goes out at the end of what is being read.
        channel.executor().execute(pending::linger);
      }
    }
  }

  /** Settles session, will and listener at the end of the connection, once. */
  private void finish(ConnectionEnd ending) {
    if (closed) {
      return;
    }
    closed = true;
    AcceptedClient present = client;
    if (ending == ConnectionEnd.RESET && reader.isWithinAPacket()) {
      refused(Refusals.Unkept.INCOMPLETE);
    }
    if (ending == ConnectionEnd.TURNED_AWAY) {
      lifecycle.refused(present, Refusals.Unkept.TURNED_AWAY);
    }
    pending.end();
    reader.letGo();
    if (present != null) {
      lifecycle.ending(present);
    }
    admission.ended();
    if (present != null) {
      lifecycle.left(present, number, ending);
    }
  }
}
