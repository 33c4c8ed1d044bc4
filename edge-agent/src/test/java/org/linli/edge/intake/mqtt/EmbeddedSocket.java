package org.linli.edge.intake.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket without a network, which hands packets on as {@link NettySocket} does and whose
 * clock is set by hand.
 */
final class EmbeddedSocket extends ChannelInboundHandlerAdapter implements ClientSocket {

  private final EmbeddedChannel embedded = new EmbeddedChannel();
  private final List<ByteBuf> fed = new ArrayList<>();
  private final MqttConnection connection;
  private @Nullable Throwable thrown;

  EmbeddedSocket(MqttDoor door) {
    this(door, door.share());
  }

  /**
   * @param share of one event loop, which several sockets may have in common
   */
  EmbeddedSocket(MqttDoor door, LoopShare share) {
    embedded.freezeTime();
    embedded.pipeline().addLast(ClientSocket.END, this);
    connection = door.open(this, share);
  }

  /** Lets bytes arrive in pieces of a size. */
  void feed(byte[] bytes, int size) {
    for (int from = 0; from < bytes.length && embedded.isOpen(); from += size) {
      ByteBuf piece = Unpooled.copiedBuffer(bytes, from, Math.min(size, bytes.length - from));
      fed.add(piece);
      embedded.writeInbound(piece);
      embedded.runPendingTasks();
    }
  }

  /** Does what waits for the event loop. */
  void run() {
    embedded.runPendingTasks();
  }

  void pass(Duration time) {
    embedded.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    embedded.runScheduledPendingTasks();
    embedded.runPendingTasks();
  }

  /** Whether something is to be done at a later time. */
  boolean hasTimer() {
    return embedded.runScheduledPendingTasks() >= 0;
  }

  /** Whether the door reads what the client sends. */
  boolean isRead() {
    return embedded.config().isAutoRead();
  }

  boolean isOpen() {
    return embedded.isOpen();
  }

  /** What a handler threw; null where none did. */
  @Nullable Throwable thrown() {
    return thrown;
  }

  /** The packets that the door has sent since this was asked last, byte by byte. */
  List<byte[]> sent() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuf next = embedded.readOutbound(); next != null; next = embedded.readOutbound()) {
      bytes.writeBytes(ByteBufUtil.getBytes(next));
      next.release();
    }
    return packets(bytes.toByteArray());
  }

  /**
   * The packets that bytes are made of, by the lengths that packets say they have (MQTT 5 section
   * 2.1); the last one may be no whole.
   */
  static List<byte[]> packets(byte[] bytes) {
    List<byte[]> packets = new ArrayList<>();
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(end(bytes, from), bytes.length);
      packets.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return packets;
  }

  /** Whether this is one whole packet. */
  static boolean isWhole(byte[] packet) {
    return end(packet, 0) == packet.length;
  }

  /** Where a packet ends; beyond everything where that cannot be said. */
  private static int end(byte[] bytes, int from) {
    int length = 0;
    for (int i = 1; i <= 4 && from + i < bytes.length; i++) {
      length |= (bytes[from + i] & 0x7f) << 7 * (i - 1);
      if (bytes[from + i] >= 0) {
        return from + i + 1 + length;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** The other side is gone; what is to be done later stays. */
  void goesAway() {
    embedded.pipeline().fireChannelInactive();
    embedded.runPendingTasks();
  }

  /**
   * The other side is gone.
   *
   * @return whether every byte that was fed is let go of
   */
  boolean end() {
    embedded.finishAndReleaseAll();
    return fed.stream().allMatch(piece -> piece.refCnt() == 0);
  }

  @Override
  public ChannelHandlerContext channel() {
    return Objects.requireNonNull(embedded.pipeline().context(ClientSocket.END));
  }

  @Override
  public String peer() {
    return "embedded";
  }

  @Override
  public String network() {
    return "embedded";
  }

  @Override
  public void close() {
    var _ = embedded.close();
  }

  @Override
  public void cut() {
    close();
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object packet) {
    connection.received(packet);
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    connection.ended();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
    thrown = cause;
    connection.broke(cause);
  }
}
