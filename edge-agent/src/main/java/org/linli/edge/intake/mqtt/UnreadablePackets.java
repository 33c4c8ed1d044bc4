package org.linli.edge.intake.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Beginning;
import org.linli.edge.intake.CutPublish;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Refusals;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;

/**
 * Ends a connection over which a packet came that cannot be read: malformed, too large, or not
 * complete in time. The answer depends on whether the client is accepted yet, and on its version of
 * MQTT. For the connection's event loop.
 */
final class UnreadablePackets implements PacketReader.Receiver {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(UnreadablePackets.class));

  /** The connection that a packet came over. */
  interface Connection extends Admission.Applicant {

    /** Null before CONNACK. */
    @Nullable AcceptedClient client();

    /** Sends DISCONNECT; false if the protocol has none. */
    boolean say(Reason reason, String why);

    /** Counts a packet that is refused. */
    void refused(Refusals.Unkept what);

    /** Closes, but reads on for a moment, so that the last packet is not lost. */
    void linger();
  }

  private final Connection connection;
  private final PacketSizes sizes;
  private final LifeSearch search;

  UnreadablePackets(Connection connection, PacketSizes sizes, LifeSearch search) {
    this.connection = connection;
    this.sizes = sizes;
    this.search = search;
  }

  @Override
  public boolean isClosed() {
    return connection.isClosed();
  }

  @Override
  public PacketSizes sizes() {
    return sizes;
  }

  @Override
  public void malformed() {
    connection.refused(Refusals.Unkept.MALFORMED);
    connection.disconnect(Reason.MALFORMED_PACKET, "");
  }

  @Override
  public void tooSlow(Duration patience) {
    connection.refused(Refusals.Unkept.INCOMPLETE);
    connection.disconnect(
        Reason.IMPLEMENTATION_SPECIFIC_ERROR,
        "a packet took longer than " + patience.toSeconds() + " s");
  }

  @Override
  public void tooLarge(byte first, int rest, ByteBuf content) {
    AcceptedClient client = connection.client();
    if (client == null || !PacketSizes.isPublish(first)) {
      connection.refused(RefusalReason.TOO_LARGE);
    }
    if (client == null) {
      if (Session.beginsAsMqtt5(content)) {
        connection.send(
            Packets.connAck(
                MqttConnectReturnCode.CONNECTION_REFUSED_PACKET_TOO_LARGE,
                false,
                MqttProperties.NO_PROPERTIES));
        connection.linger();
      } else {
        connection.turnAway();
      }
      return;
    }
    String detail = sizes.tooLarge(first, rest);
    if (PacketSizes.isPublish(first)) {
      // The dead letter is made even if nobody can be answered.
      client
          .publications()
          .tooLarge(
              PacketSizes.topic(content),
              Beginning.of(ByteBufUtil.getBytes(content), search),
              rest,
              new Refusal(RefusalReason.TOO_LARGE, detail));
    }
    if (connection.say(Reason.PACKET_TOO_LARGE, detail)) {
      connection.linger();
    } else {
      connection.turnAway();
    }
  }

  @Override
  public @Nullable CutPublish cutting(byte first, int rest) {
    AcceptedClient client = connection.client();
    return client == null || !PacketSizes.isPublish(first) || rest > CutPublish.MOST
        ? null
        : new CutPublish(
            first, rest, sizes.largestRest(first), client.session().speaksMqtt5(), search);
  }

  @Override
  public void cut(CutPublish packet) {
    AcceptedClient client = connection.client();
    if (client != null) {
      client
          .publications()
          .cut(
              packet.rest(),
              packet.fits()
                  ? null
                  : new Refusal(
                      RefusalReason.TOO_LARGE, sizes.tooLarge(packet.first(), packet.rest())));
    }
  }

  @Override
  public void giveWay() {
    connection.giveWay();
  }

  /** The decoder could not read a whole packet. */
  void undecodable(Throwable cause) {
    AcceptedClient client = connection.client();
    if (client == null) {
      connection.refused(Refusals.Unkept.MALFORMED);
      if (cause instanceof MqttUnacceptableProtocolVersionException) {
        connection.refuse(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
      } else {
        connection.turnAway();
      }
      return;
    }
    limited
        .atInfo("unreadable")
        .addKeyValue("source", client.session().source())
        .addKeyValue("cause", cause.getMessage())
        .log("A device sent a packet that cannot be read; its connection is closed");
    malformed();
  }
}
