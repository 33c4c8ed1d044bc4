package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;

/** The handlers between bytes and packets. For the channel's event loop. */
final class PacketPipeline {

  private static final String WATCH = "watch";
  private static final int MOST_ANSWERS_TOGETHER = 256;

  private PacketPipeline() {}

  /**
   * Adds them before {@link Line#END}.
   *
   * @param largestRest most bytes that may follow the length of a packet
   */
  static void open(
      ChannelHandlerContext channel, PacketReader reader, int largestRest, UnreadAnswers unread) {
    ChannelPipeline pipeline = channel.pipeline();
    // Answers to packets of one read are flushed together, not with a system call each.
    pipeline.addBefore(Line.END, "flush", new FlushConsolidationHandler(MOST_ANSWERS_TOGETHER));
    pipeline.addBefore(Line.END, "encode", MqttEncoder.INSTANCE);
    pipeline.addBefore(Line.END, "read", reader);
    pipeline.addBefore(Line.END, "decode", new MqttDecoder(largestRest, Session.LONGEST_CLIENT_ID));
    pipeline.addBefore(Line.END, "decoded", reader.decoded());
    pipeline.addBefore(Line.END, "unread", unread);
  }

  /**
   * Calls {@code silent} after a silence of {@code patience}; zero for no limit. Replaces an
   * earlier watch.
   */
  static void watch(ChannelHandlerContext channel, Duration patience, Runnable silent) {
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(WATCH) != null) {
      pipeline.remove(WATCH);
    }
    if (!patience.isZero()) {
      pipeline.addBefore(Line.END, WATCH, new Watch(patience, silent));
    }
  }
}
