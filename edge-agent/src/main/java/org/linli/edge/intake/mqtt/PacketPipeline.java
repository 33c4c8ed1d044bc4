package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;

/** The handlers between bytes and packets. For the channel's event loop. */
final class PacketPipeline {

  private static final String KEEP_ALIVE = "keep-alive";
  private static final int MOST_ANSWERS_TOGETHER = 256;

  private PacketPipeline() {}

  /**
   * Adds them before {@link ClientSocket#END}.
   *
   * @param largestRest most bytes that may follow the length of a packet
   */
  static void open(
      ChannelHandlerContext channel, PacketReader reader, int largestRest, UnreadAnswers unread) {
    ChannelPipeline pipeline = channel.pipeline();
    // Answers to packets of one read are flushed together, not with a system call each.
    pipeline.addBefore(
        ClientSocket.END, "flush", new FlushConsolidationHandler(MOST_ANSWERS_TOGETHER));
    pipeline.addBefore(ClientSocket.END, "encode", MqttEncoder.INSTANCE);
    pipeline.addBefore(ClientSocket.END, "read", reader);
    pipeline.addBefore(
        ClientSocket.END, "decode", new MqttDecoder(largestRest, Session.LONGEST_CLIENT_ID));
    pipeline.addBefore(ClientSocket.END, "decoded", reader.decoded());
    pipeline.addBefore(ClientSocket.END, "unread", unread);
  }

  /**
   * Calls {@code silent} after a silence of {@code patience}; zero for no limit. Replaces an
   * earlier timer.
   */
  static void keepAlive(ChannelHandlerContext channel, Duration patience, Runnable silent) {
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(KEEP_ALIVE) != null) {
      pipeline.remove(KEEP_ALIVE);
    }
    if (!patience.isZero()) {
      pipeline.addBefore(ClientSocket.END, KEEP_ALIVE, new KeepAliveTimer(patience, silent));
    }
  }
}
