package org.linli.hub.gateway.endpoint;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linli.hub.gateway.ByteBudget;
import org.linli.hub.gateway.HubMemory;

/**
 * Stands before the MQTT decoder of one connection and passes it complete packets, one at a time,
 * if a gateway could have sent them (MQTT 5 section 2.1). The decoder therefore goes through each
 * packet once, and builds no more from it than there is room for. The first packet must be small
 * and arrive within 10 s. After that, only a PUBLISH may be large, and the large part must be its
 * payload. An incomplete packet draws on a budget, unless it is tiny, and must keep arriving. While
 * the other side does not read what was sent to it, nothing more is read from it, for at most 30 s.
 * Used on the connection's event loop only.
 */
final class PacketGate extends ChannelInboundHandlerAdapter {

  /** Its name in the pipeline. */
  static final String NAME = "packetGate";

  /** The name of the handler behind the decoder. */
  static final String DECODED = "packetGateDecoded";

  /** The largest packet of a gateway other than PUBLISH. */
  static final int LARGEST_BESIDE = 4 << 10;

  /**
   * Limit for the topic and properties of a PUBLISH: the decoder makes many objects from few bytes
   * of them.
   */
  static final int LARGEST_HEAD = 8 << 10;

  /**
   * A packet up to this size draws on a budget of its own, so that it does not wait for large ones.
   */
  private static final int SMALL = 16 << 10;

  /** Every gateway may always hold this much of an incomplete packet. */
  private static final int ALWAYS = 1 << 10;

  private static final long FIRST_PACKET_SECONDS = 10;
  private static final long UNREAD_SECONDS = 30;

  /** How long the other side may take to read what it was sent before the end. */
  private static final long FAREWELL_SECONDS = 2;

  /** The time for a packet, plus a second for each {@link #LEAST_BYTES_A_SECOND} bytes of it. */
  private static final long PACKET_SECONDS = 30;

  private static final long LEAST_BYTES_A_SECOND = 8 << 10;
  private final ByteBudget large;
  private final ByteBudget small;
  private final long maxPacket;
  private final Consumer<String> refused;

  /** Null until the connection belongs to a gateway. */
  private @Nullable Consumer<MqttDisconnectReasonCode> farewell;

  private BooleanSupplier connected = () -> true;
  private @Nullable ChannelHandlerContext place;
  private boolean over;
  private final FixedHeader header = new FixedHeader();

  /** A packet that has begun; its room is taken. */
  private @Nullable ByteBuf gathered;

  /** The budget it draws on; null if none. */
  private @Nullable ByteBudget drawn;

  private long taken;

  /**
   * Each timer is cancelled when it is not needed: it would keep all of this reachable until it
   * fires.
   */
  private @Nullable Future<?> firstPacketDue;

  private @Nullable Future<?> packetDue;
  private @Nullable Future<?> readingDue;
  private @Nullable Future<?> cutOff;

  /** Whether the decoder has produced something from the last packet. */
  private boolean decoded;

  /**
   * @param large budget for all large packets that have not arrived completely
   * @param small budget for all small ones
   * @param maxPacket how much may follow the fixed header of a PUBLISH
   * @param refused receives the reason why the connection is closed
   */
  PacketGate(ByteBudget large, ByteBudget small, long maxPacket, Consumer<String> refused) {
    this.large = large;
    this.small = small;
    this.maxPacket = maxPacket;
    this.refused = refused;
  }

  /**
   * Notes that the connection belongs to a gateway from here on.
   *
   * @param stands whether the MQTT connection has not ended; nothing is passed on after it has
   * @param ends sends the gateway the reason why the connection ends
   */
  void admit(BooleanSupplier stands, Consumer<MqttDisconnectReasonCode> ends) {
    connected = stands;
    farewell = ends;
    cancel(firstPacketDue);
  }

  /** Returns the handler to be placed behind the decoder. */
  ChannelInboundHandlerAdapter decoded() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object packet) {
        decoded = true;
        context.fireChannelRead(packet);
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (farewell == null && !(cause instanceof IOException)) {
          close(
              context,
              "it sent something that is not MQTT 5",
              MqttDisconnectReasonCode.MALFORMED_PACKET);
          return;
        }
        letGo();
        if (!(cause instanceof IOException)) {
          context.fireExceptionCaught(cause);
        }
        var _ = context.close();
      }
    };
  }

  /**
   * Notes that the MQTT connection has ended. Its socket closes once the other side has read what
   * it was sent; a side that reads nothing is cut off.
   */
  void ended() {
    ChannelHandlerContext context = place;
    if (context != null) {
      Runnable cut =
          () -> {
            var _ = context.close();
          };
      cutOff = context.executor().schedule(cut, FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    place = context;
    firstPacketDue =
        context
            .executor()
            .schedule(
                () -> {
                  if (farewell == null) {
                    close(
                        context,
                        "it sent no first packet within 10 s",
                        MqttDisconnectReasonCode.MAXIMUM_CONNECT_TIME);
                  }
                },
                FIRST_PACKET_SECONDS,
                TimeUnit.SECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      return;
    }
    try {
      while (!over && connected.getAsBoolean() && bytes.isReadable()) {
        ByteBuf packet = gathered == null ? begun(context, bytes) : gathered;
        if (packet != null) {
          gather(context, packet, bytes);
        }
      }
    } finally {
      bytes.release();
    }
  }

  /**
   * Reads as much of the fixed header as has arrived.
   *
   * @return a buffer for the packet; null if the header is incomplete or the packet is refused
   */
  private @Nullable ByteBuf begun(ChannelHandlerContext context, ByteBuf bytes) {
    header.add(bytes.readByte());
    if (farewell == null && !header.isConnect()) {
      close(context, "it does not begin with CONNECT", MqttDisconnectReasonCode.PROTOCOL_ERROR);
      return null;
    }
    if (!header.isComplete()) {
      if (header.isTooLong()) {
        close(
            context,
            "the length of a packet has no end",
            MqttDisconnectReasonCode.MALFORMED_PACKET);
      }
      return null;
    }
    int remaining = header.remaining();
    if (!mayBegin(context, remaining, bytes.readableBytes() >= remaining)) {
      return null;
    }
    ByteBuf packet =
        UnpooledByteBufAllocator.DEFAULT.heapBuffer(
            header.length() + remaining, header.length() + remaining);
    header.writeTo(packet);
    gathered = packet;
    return packet;
  }

  private boolean mayBegin(ChannelHandlerContext context, int remaining, boolean whole) {
    if (farewell == null) {
      return remaining <= HubMemory.FIRST_PACKET
          || close(
              context,
              "its first packet has %d bytes".formatted(remaining),
              MqttDisconnectReasonCode.PACKET_TOO_LARGE);
    }
    long most = header.isPublish() ? maxPacket : LARGEST_BESIDE;
    if (remaining > most) {
      return close(
          context,
          "a packet of %d bytes is larger than the %d that it may have".formatted(remaining, most),
          MqttDisconnectReasonCode.PACKET_TOO_LARGE);
    }
    if (whole) {
      return true;
    }
    if (remaining > ALWAYS) {
      ByteBudget budget = remaining > SMALL ? large : small;
      if (!budget.tryTake(remaining)) {
        return close(
            context,
            "there is no room for a packet of %d bytes now".formatted(remaining),
            MqttDisconnectReasonCode.SERVER_BUSY);
      }
      drawn = budget;
      taken = remaining;
    }
    packetDue =
        context
            .executor()
            .schedule(
                () ->
                    close(
                        context,
                        "a packet of %d bytes does not end".formatted(remaining),
                        MqttDisconnectReasonCode.MAXIMUM_CONNECT_TIME),
                PACKET_SECONDS + remaining / LEAST_BYTES_A_SECOND,
                TimeUnit.SECONDS);
    return true;
  }

  private static void cancel(@Nullable Future<?> due) {
    if (due != null) {
      boolean _ = due.cancel(false);
    }
  }

  private void gather(ChannelHandlerContext context, ByteBuf packet, ByteBuf bytes) {
    packet.writeBytes(bytes, Math.min(packet.writableBytes(), bytes.readableBytes()));
    if (packet.isWritable()) {
      return;
    }
    gathered = null;
    cancel(packetDue);
    int head = header.isPublish() ? header.headOf(packet) : 0;
    if (head > LARGEST_HEAD) {
      packet.release();
      close(
          context,
          "topic and properties of a message have %d bytes".formatted(head),
          MqttDisconnectReasonCode.PACKET_TOO_LARGE);
    } else {
      header.clear();
      decoded = false;
      context.fireChannelRead(packet);
      if (!decoded) {
        close(
            context, "a packet is longer than it says", MqttDisconnectReasonCode.MALFORMED_PACKET);
      }
    }
    giveBack();
  }

  private void giveBack() {
    ByteBudget budget = drawn;
    if (budget != null) {
      budget.give(taken);
      drawn = null;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    boolean writable = context.channel().isWritable();
    context.channel().config().setAutoRead(writable);
    cancel(readingDue);
    if (!writable && context.channel().isActive()) {
      readingDue =
          context
              .executor()
              .schedule(
                  () ->
                      close(
                          context,
                          "it does not read what it is sent",
                          MqttDisconnectReasonCode.SERVER_BUSY),
                  UNREAD_SECONDS,
                  TimeUnit.SECONDS);
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    letGo();
    cancel(firstPacketDue);
    cancel(readingDue);
    cancel(cutOff);
    context.fireChannelInactive();
  }

  private void letGo() {
    over = true;
    cancel(packetDue);
    ByteBuf begun = gathered;
    gathered = null;
    if (begun != null) {
      begun.release();
    }
    giveBack();
  }

  /** Reports the reason once and closes the connection. Always returns false. */
  private boolean close(ChannelHandlerContext context, String why, MqttDisconnectReasonCode code) {
    if (!over) {
      letGo();
      if (context.channel().isActive()) {
        refused.accept(why);
        Consumer<MqttDisconnectReasonCode> ends = farewell;
        if (ends != null) {
          ends.accept(code);
        }
      }
      var _ = context.close();
    }
    return false;
  }
}
