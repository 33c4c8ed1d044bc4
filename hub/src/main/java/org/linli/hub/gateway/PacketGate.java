package org.linli.hub.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Stands before the MQTT decoder of one connection and looks at the fixed header of each packet
 * (MQTT 5 section 2.1), so that nothing is gathered which there is no room for: a first packet is
 * small and comes within 10 s; a large one later draws on a budget, and keeps moving. While what
 * was sent to the other side is not read there, nothing more is read here, for 30 s at most. Used
 * on the connection's event loop only.
 */
final class PacketGate extends ChannelInboundHandlerAdapter {

  /** In the pipeline. */
  static final String NAME = "packetGate";

  private static final long FIRST_PACKET_SECONDS = 10;
  private static final long UNREAD_SECONDS = 30;

  /** Of a large packet, in which it may make {@link #LEAST_BYTES_A_SECOND}. */
  private static final long PACKET_SECONDS = 30;

  private static final long LEAST_BYTES_A_SECOND = 8 << 10;
  private static final int MORE = 0x80;
  private static final int BITS = 0x7F;
  private static final int LONGEST_LENGTH = 4;

  private final ByteBudget budget;
  private final long maxPacket;
  private final Consumer<String> refused;

  private boolean admitted;
  private boolean over;
  private boolean inHeader = true;
  private int lengthBytes = -1;
  private long remaining;
  private long taken;
  private long packets;

  /**
   * @param maxPacket what is larger is left to the decoder, which gathers nothing of it
   * @param refused is told why the connection is closed
   */
  PacketGate(ByteBudget budget, long maxPacket, Consumer<String> refused) {
    this.budget = budget;
    this.maxPacket = maxPacket;
    this.refused = refused;
  }

  /** It is a gateway's connection from here on. */
  void admit() {
    admitted = true;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    var _ =
        context
            .executor()
            .schedule(
                () -> {
                  if (!admitted) {
                    close(context, "it sent no first packet within 10 s");
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
    if (over || !lets(context, bytes)) {
      bytes.release();
      return;
    }
    boolean whole = inHeader && lengthBytes < 0;
    context.fireChannelRead(bytes);
    if (whole) {
      giveBack();
    }
  }

  /** Goes through what came, packet by packet. */
  private boolean lets(ChannelHandlerContext context, ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      if (!inHeader) {
        long part = Math.min(remaining, end - at);
        at += (int) part;
        remaining -= part;
        inHeader = remaining == 0;
      } else if (lengthBytes < 0) {
        at++;
        lengthBytes = 0;
        remaining = 0;
        packets++;
      } else {
        int next = bytes.getByte(at++);
        remaining |= (long) (next & BITS) << 7 * lengthBytes++;
        if ((next & MORE) == 0 || lengthBytes == LONGEST_LENGTH) {
          lengthBytes = -1;
          inHeader = remaining == 0;
          if (!mayBegin(context)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean mayBegin(ChannelHandlerContext context) {
    giveBack();
    if (remaining <= HubMemory.FIRST_PACKET || admitted && remaining > maxPacket) {
      return true;
    }
    if (!admitted) {
      return close(context, "its first packet has %d bytes".formatted(remaining));
    }
    if (!budget.tryTake(remaining)) {
      return close(context, "there is no room for a packet of %d bytes now".formatted(remaining));
    }
    taken = remaining;
    long own = packets;
    var _ =
        context
            .executor()
            .schedule(
                () -> {
                  if (packets == own && !inHeader) {
                    close(context, "a packet of %d bytes does not end".formatted(taken));
                  }
                },
                PACKET_SECONDS + remaining / LEAST_BYTES_A_SECOND,
                TimeUnit.SECONDS);
    return true;
  }

  private void giveBack() {
    if (taken > 0) {
      budget.give(taken);
      taken = 0;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    boolean writable = context.channel().isWritable();
    context.channel().config().setAutoRead(writable);
    if (!writable) {
      long own = packets;
      var _ =
          context
              .executor()
              .schedule(
                  () -> {
                    if (packets == own && !context.channel().isWritable()) {
                      close(context, "it does not read what it is sent");
                    }
                  },
                  UNREAD_SECONDS,
                  TimeUnit.SECONDS);
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    over = true;
    giveBack();
    context.fireChannelInactive();
  }

  /** Says why, once; always false. */
  private boolean close(ChannelHandlerContext context, String why) {
    if (!over) {
      over = true;
      giveBack();
      if (context.channel().isActive()) {
        refused.accept(why);
      }
      var _ = context.close();
    }
    return false;
  }
}
