package org.linli.hub.gateway;

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

/**
 * Stands before the MQTT decoder of one connection and hands it whole packets, one at a time, as
 * long as they are such as a gateway sends (MQTT 5 section 2.1). So the decoder goes through each
 * packet once, and makes no more of it than there is room for: a first packet is small and comes
 * within 10 s; of what comes later only a PUBLISH is large, and its payload is what is large in it.
 * One that is not there as a whole draws on a budget, unless it is tiny, and keeps moving. While
 * what was sent to the other side is not read there, nothing more is read here, for 30 s at most.
 * Used on the connection's event loop only.
 */
final class PacketGate extends ChannelInboundHandlerAdapter {

  /** In the pipeline. */
  static final String NAME = "packetGate";

  /** Of the handler behind the decoder. */
  static final String DECODED = "packetGateDecoded";

  /** The largest packet of a gateway that is no PUBLISH. */
  static final int LARGEST_BESIDE = 4 << 10;

  /** Topic and properties of a PUBLISH: the decoder makes many objects of few bytes of them. */
  static final int LARGEST_HEAD = 8 << 10;

  /** Up to here a packet draws on a budget of its own, and so waits for no large one. */
  private static final int SMALL = 16 << 10;

  /** So much of an unfinished packet each gateway may always have. */
  private static final int ALWAYS = 1 << 10;

  private static final long FIRST_PACKET_SECONDS = 10;
  private static final long UNREAD_SECONDS = 30;

  /** In which the other side may take what it was sent before the end. */
  private static final long FAREWELL_SECONDS = 2;

  /** Of a packet, in which it may make {@link #LEAST_BYTES_A_SECOND}. */
  private static final long PACKET_SECONDS = 30;

  private static final long LEAST_BYTES_A_SECOND = 8 << 10;
  private static final int MORE = 0x80;
  private static final int BITS = 0x7F;
  private static final int LONGEST_HEADER = 5;
  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int QOS = 0x06;

  private final ByteBudget large;
  private final ByteBudget small;
  private final long maxPacket;
  private final Consumer<String> refused;

  /** Null until it is a gateway's connection. */
  private @Nullable Consumer<MqttDisconnectReasonCode> farewell;

  private BooleanSupplier connected = () -> true;
  private @Nullable ChannelHandlerContext place;
  private boolean over;
  private final byte[] header = new byte[LONGEST_HEADER];
  private int headerBytes;

  /** A packet that has begun; its room is taken. */
  private @Nullable ByteBuf gathered;

  /** What it draws on; null where it draws on none. */
  private @Nullable ByteBudget drawn;

  private long taken;

  /** Each is cancelled when it is not needed: it would hold all of this until its time. */
  private @Nullable Future<?> firstPacketDue;

  private @Nullable Future<?> packetDue;
  private @Nullable Future<?> readingDue;
  private @Nullable Future<?> cutOff;

  /** Whether the decoder has made something of the packet that it was given last. */
  private boolean decoded;

  /**
   * @param large what all large packets that are not there as a whole draw on
   * @param small what all small ones draw on
   * @param maxPacket how much may follow the fixed header of a PUBLISH
   * @param refused is told why the connection is closed
   */
  PacketGate(ByteBudget large, ByteBudget small, long maxPacket, Consumer<String> refused) {
    this.large = large;
    this.small = small;
    this.maxPacket = maxPacket;
    this.refused = refused;
  }

  /**
   * It is a gateway's connection from here on.
   *
   * @param stands whether it has not ended, in the words of MQTT: nothing is handed on after that
   * @param ends tells the gateway why the connection ends
   */
  void admit(BooleanSupplier stands, Consumer<MqttDisconnectReasonCode> ends) {
    connected = stands;
    farewell = ends;
    cancel(firstPacketDue);
  }

  /** To stand behind the decoder. */
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
   * The connection has ended in the words of MQTT. Its socket closes once the other side has taken
   * what it was sent; one that takes nothing is cut off.
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
   * Reads of the fixed header what is there of it.
   *
   * @return a buffer for the packet; null where the header is not whole or the packet not taken
   */
  private @Nullable ByteBuf begun(ChannelHandlerContext context, ByteBuf bytes) {
    byte next = bytes.readByte();
    header[headerBytes++] = next;
    if (farewell == null && type() != CONNECT) {
      close(context, "it does not begin with CONNECT", MqttDisconnectReasonCode.PROTOCOL_ERROR);
      return null;
    }
    if (headerBytes == 1 || (next & MORE) != 0) {
      if (headerBytes == LONGEST_HEADER) {
        close(
            context,
            "the length of a packet has no end",
            MqttDisconnectReasonCode.MALFORMED_PACKET);
      }
      return null;
    }
    int remaining = 0;
    for (int i = 1; i < headerBytes; i++) {
      remaining |= (header[i] & BITS) << 7 * (i - 1);
    }
    if (!mayBegin(context, remaining, bytes.readableBytes() >= remaining)) {
      return null;
    }
    ByteBuf packet =
        UnpooledByteBufAllocator.DEFAULT.heapBuffer(
            headerBytes + remaining, headerBytes + remaining);
    packet.writeBytes(header, 0, headerBytes);
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
    long most = type() == PUBLISH ? maxPacket : LARGEST_BESIDE;
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

  private int type() {
    return (header[0] & 0xF0) >> 4;
  }

  private void gather(ChannelHandlerContext context, ByteBuf packet, ByteBuf bytes) {
    packet.writeBytes(bytes, Math.min(packet.writableBytes(), bytes.readableBytes()));
    if (packet.isWritable()) {
      return;
    }
    gathered = null;
    cancel(packetDue);
    int head = type() == PUBLISH ? head(packet) : 0;
    if (head > LARGEST_HEAD) {
      packet.release();
      close(
          context,
          "topic and properties of a message have %d bytes".formatted(head),
          MqttDisconnectReasonCode.PACKET_TOO_LARGE);
    } else {
      headerBytes = 0;
      decoded = false;
      context.fireChannelRead(packet);
      if (!decoded) {
        close(
            context, "a packet is longer than it says", MqttDisconnectReasonCode.MALFORMED_PACKET);
      }
    }
    giveBack();
  }

  /** How many bytes a PUBLISH has before its payload; too few where it is malformed. */
  private int head(ByteBuf packet) {
    int start = headerBytes;
    int end = packet.writerIndex();
    if (end - start < Short.BYTES) {
      return 0;
    }
    int at = start + Short.BYTES + packet.getUnsignedShort(start);
    at += (header[0] & QOS) == 0 ? 0 : Short.BYTES;
    int properties = 0;
    int shift = 0;
    boolean more = true;
    while (more && at < end && shift < 4 * 7) {
      int next = packet.getByte(at++);
      properties |= (next & BITS) << shift;
      shift += 7;
      more = (next & MORE) != 0;
    }
    return at - start + properties;
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

  /** Says why, once; always false. */
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
