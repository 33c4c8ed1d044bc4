package org.linli.edge.intake.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells a connection that a packet has begun to arrive and does not come to its end: whoever sends
 * a byte now and then is not silent, but would hold memory for ever. Stands before the decoder and
 * follows no more of a packet than its length (MQTT 5 section 2.1.4). The decoder itself reads on
 * beyond that length where a packet's content does not fit into it; such a packet is told as well.
 */
final class PacketTimer extends ChannelInboundHandlerAdapter {

  private static final int LAST_SHIFT = 21;

  private final MqttConnection connection;
  private final Duration patience;
  private Place place = Place.BEFORE;

  /** Bytes of the packet that are still to come, or what is known of its length. */
  private int left;

  private int shift;

  /** Packets that came to their end, less those that the decoder has made something of. */
  private int undecoded;

  private @Nullable Future<?> deadline;

  PacketTimer(MqttConnection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  private enum Place {
    BEFORE,
    LENGTH,
    CONTENT,
    /** The length has no end; the decoder will say so. */
    LOST
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object read) {
    if (read instanceof ByteBuf bytes && place != Place.LOST) {
      boolean anyEnded = follow(bytes);
      if (place == Place.BEFORE) {
        stop();
      } else if (anyEnded || deadline == null) {
        stop();
        start(channel);
      }
    }
    channel.fireChannelRead(read);
    if (undecoded > 0) {
      connection.malformed();
    }
  }

  /** To stand behind the decoder. */
  ChannelInboundHandlerAdapter decoded() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext channel, Object packet) {
        undecoded--;
        channel.fireChannelRead(packet);
      }
    };
  }

  /**
   * @return whether a packet came to its end
   */
  private boolean follow(ByteBuf bytes) {
    boolean anyEnded = false;
    int index = bytes.readerIndex();
    while (index < bytes.writerIndex() && place != Place.LOST) {
      switch (place) {
        case BEFORE -> {
          index++;
          left = 0;
          shift = 0;
          place = Place.LENGTH;
        }
        case LENGTH -> followLength(bytes.getByte(index++));
        case CONTENT -> {
          int some = Math.min(left, bytes.writerIndex() - index);
          index += some;
          left -= some;
        }
        case LOST -> {}
      }
      if (place == Place.CONTENT && left == 0) {
        place = Place.BEFORE;
        anyEnded = true;
        undecoded++;
      }
    }
    return anyEnded;
  }

  private void followLength(byte next) {
    left |= (next & 0x7f) << shift;
    if ((next & 0x80) == 0) {
      place = Place.CONTENT;
    } else if (shift == LAST_SHIFT) {
      place = Place.LOST;
    } else {
      shift += 7;
    }
  }

  private void start(ChannelHandlerContext channel) {
    deadline =
        channel
            .executor()
            .schedule(() -> tooLate(channel), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tooLate(ChannelHandlerContext channel) {
    if (channel.channel().config().isAutoRead()) {
      connection.tooSlow(patience);
    } else {
      // It is we who do not read.
      start(channel);
    }
  }

  private void stop() {
    Future<?> running = deadline;
    deadline = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    stop();
    channel.fireChannelInactive();
  }
}
