package org.linli.edge.intake.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.CutPublish;

/**
 * Splits incoming bytes into packets by their lengths (MQTT 5 section 2.1.4) and passes whole ones
 * to the decoder, one at a time and only while the connection accepts them. Waiting bytes are held
 * here, on the heap and counted, and nothing more is read meanwhile. A packet that is too large is
 * reported before its content has come; a PUBLISH is read to its end without being kept whole
 * ({@link CutPublish}). A packet that is not completed in time is reported too: a client that sends
 * a byte now and then is not silent, but would hold memory for ever. Large packets are read in turn
 * ({@link LargePackets}).
 */
final class PacketReader extends ChannelInboundHandlerAdapter {

  /** The connection that packets are read for. */
  interface Receiver {

    boolean isClosed();

    /** What may come now. */
    PacketSizes sizes();

    /** A packet's content does not match its length. */
    void malformed();

    /**
     * A packet announces that it is larger than allowed.
     *
     * @param content the packet's content, as far as it has come
     */
    void tooLarge(byte first, int rest, ByteBuf content);

    /**
     * A packet that is too large, of which a part is kept.
     *
     * @return null if it is not read
     */
    @Nullable CutPublish cutting(byte first, int rest);

    /** What comes next is what is kept of a packet. */
    void cut(CutPublish packet);

    /** A packet began and was not completed in time. */
    void tooSlow(Duration patience);

    /** Others need the memory that the connection holds. */
    void giveWay();
  }

  /** The event that it reads again after it read nothing for a while. */
  static final Object READS_AGAIN = "reads again";

  private static final int CONTINUES = 0x80;
  private static final int LONGEST_LENGTH = 4;

  private final Receiver connection;
  private final Duration patience;
  private final HeldBytes.Holding holding;

  /** Bytes that have come and are not passed on, from the beginning of a packet. */
  private @Nullable ByteBuf held;

  /** A packet that is cut while it comes; nothing of it is held. */
  private @Nullable CutPublish cutting;

  private boolean brokeOff;

  /** After an invalid length or a packet that is too large, nothing more is passed on. */
  private boolean ended;

  /** Number of calls of {@link #pause} without {@link #resume}. */
  private int holds;

  /** Whether it waits for the turn of a large packet. */
  private boolean waits;

  private boolean handingOn;

  /** Whether the decoder has produced a packet from the last bytes. */
  private boolean decoded;

  private final LargePackets large;
  private final LargePackets.Turns turns;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> deadline;

  PacketReader(Receiver connection, Duration patience, LoopShare share) {
    this.connection = connection;
    this.patience = patience;
    this.holding = share.held().holding(connection::giveWay);
    this.large = share.large();
    this.turns = large.of(this::turn);
  }

  /** The handler to add behind the decoder. */
  ChannelInboundHandlerAdapter decoded() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext channel, Object packet) {
        decoded = true;
        channel.fireChannelRead(packet);
      }
    };
  }

  @Override
  public void handlerAdded(ChannelHandlerContext channel) {
    context = channel;
  }

  /** Passes nothing on, and reads nothing, until {@link #resume} was called as often as this. */
  void pause() {
    if (holds++ > 0) {
      return;
    }
    ChannelHandlerContext channel = context;
    if (channel != null) {
      channel.channel().config().setAutoRead(false);
      stop();
    }
  }

  /**
   * Undoes one call of {@link #pause}.
   *
   * @throws IllegalStateException if there was none
   */
  void resume() {
    if (holds == 0) {
      throw new IllegalStateException("resumed without a pause");
    }
    if (--holds == 0) {
      goOn();
    }
  }

  private boolean isPaused() {
    return holds > 0;
  }

  /** The turn of the waiting packet has come. */
  private void turn() {
    waits = false;
    if (!isPaused()) {
      goOn();
    }
  }

  private void goOn() {
    ChannelHandlerContext channel = context;
    if (handingOn || channel == null) {
      return;
    }
    ByteBuf waiting = held;
    if (waiting != null) {
      handOn(channel, waiting);
      channel.fireChannelReadComplete();
    }
    if (!isPaused() && !waits && !channel.channel().config().isAutoRead()) {
      channel.channel().config().setAutoRead(true);
      channel.fireUserEventTriggered(READS_AGAIN);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object read) {
    ByteBuf bytes = (ByteBuf) read;
    ByteBuf waiting = held;
    handOn(channel, waiting == null ? bytes : joined(waiting, bytes));
  }

  /** Joins both in one buffer that is no larger than needed. */
  private ByteBuf joined(ByteBuf waiting, ByteBuf bytes) {
    int needed = waiting.readableBytes() + bytes.readableBytes();
    ByteBuf whole = waiting;
    if (needed > waiting.capacity()) {
      whole = buffer(Math.max(needed, Math.min(nextSize(waiting), 2 * needed)));
      whole.writeBytes(waiting);
      waiting.release();
    }
    whole.writeBytes(bytes);
    bytes.release();
    held = whole;
    return whole;
  }

  private static ByteBuf buffer(int bytes) {
    return UnpooledByteBufAllocator.DEFAULT.heapBuffer(bytes);
  }

  /** Passes whole packets on and keeps the rest; releases the bytes. */
  private void handOn(ChannelHandlerContext channel, ByteBuf bytes) {
    boolean anyEnded = false;
    handingOn = true;
    try {
      while (!isPaused() && handOnNext(channel, bytes)) {
        anyEnded = true;
      }
      keep(bytes, anyEnded);
    } finally {
      handingOn = false;
    }
    watchTheTime(channel, anyEnded);
  }

  /** Whether a packet ended, or one that is cut made progress. */
  private boolean handOnNext(ChannelHandlerContext channel, ByteBuf bytes) {
    int size = nextSize(bytes);
    CutPublish packet = cutting;
    if (packet != null) {
      return cut(channel, packet, bytes);
    }
    if (size == 0 || size > bytes.readableBytes() || !mayHandOn(channel, size)) {
      return false;
    }
    handOnOne(channel, bytes.readRetainedSlice(size));
    return true;
  }

  private boolean cut(ChannelHandlerContext channel, CutPublish packet, ByteBuf bytes) {
    int before = packet.progress();
    byte[] chunk = new byte[Math.min(bytes.readableBytes(), packet.left())];
    bytes.readBytes(chunk);
    packet.take(chunk, chunk.length);
    if (!packet.isOver()) {
      return bytes.isReadable() || packet.progress() > before;
    }
    cutting = null;
    byte[] kept = packet.packet();
    if (kept == null) {
      ended = true;
      connection.tooLarge(packet.first(), packet.rest(), Unpooled.wrappedBuffer(packet.head()));
      return false;
    }
    connection.cut(packet);
    handOnOne(channel, Unpooled.wrappedBuffer(kept));
    return true;
  }

  private boolean mayHandOn(ChannelHandlerContext channel, int size) {
    waits = size >= LargePackets.LARGE && !turns.mayRead(channel.executor());
    if (waits) {
      channel.channel().config().setAutoRead(false);
    }
    return !waits;
  }

  private void handOnOne(ChannelHandlerContext channel, ByteBuf packet) {
    boolean isLarge = packet.readableBytes() >= LargePackets.LARGE;
    long began = isLarge ? large.now() : 0;
    decoded = false;
    channel.fireChannelRead(packet);
    if (!decoded) {
      // The content is incomplete for the packet's length.
      connection.malformed();
    }
    if (isLarge) {
      turns.read(began);
    }
  }

  /**
   * Size of the next packet in bytes.
   *
   * @return 0 if it is not known yet, or if nothing is to be passed on
   */
  private int nextSize(ByteBuf bytes) {
    if (connection.isClosed() || ended) {
      cutting = null;
      bytes.skipBytes(bytes.readableBytes());
      return 0;
    }
    if (cutting != null) {
      return 0;
    }
    int start = bytes.readerIndex();
    int present = bytes.readableBytes();
    if (present > 0 && !connection.sizes().expects(bytes.getByte(start))) {
      ended = true;
      connection.malformed();
      return 0;
    }
    int rest = 0;
    for (int i = 1; i <= LONGEST_LENGTH && i < present; i++) {
      int next = bytes.getByte(start + i);
      rest |= (next & ~CONTINUES & 0xff) << 7 * (i - 1);
      if ((next & CONTINUES) == 0) {
        return fitting(bytes, 1 + i, rest);
      }
    }
    if (present > LONGEST_LENGTH) {
      ended = true;
      connection.malformed();
    }
    return 0;
  }

  private int fitting(ByteBuf bytes, int header, int rest) {
    int start = bytes.readerIndex();
    if (rest <= connection.sizes().largestRest(bytes.getByte(start))) {
      return header + rest;
    }
    cutting = connection.cutting(bytes.getByte(start), rest);
    if (cutting != null) {
      bytes.skipBytes(header);
      return 0;
    }
    ended = true;
    connection.tooLarge(
        bytes.getByte(start), rest, bytes.slice(start + header, bytes.readableBytes() - header));
    return 0;
  }

  private void keep(ByteBuf bytes, boolean anyEnded) {
    int left = connection.isClosed() ? 0 : bytes.readableBytes();
    ByteBuf kept = null;
    boolean isUntouched = held != null && bytes.readerIndex() == 0 && left == held.readableBytes();
    if (left > 0 && isUntouched) {
      kept = bytes;
    } else {
      if (left > 0) {
        kept = buffer(left);
        kept.writeBytes(bytes);
      }
      bytes.release();
    }
    held = kept;
    CutPublish packet = cutting;
    int capacity = (kept == null ? 0 : kept.capacity()) + (packet == null ? 0 : packet.held());
    if (anyEnded) {
      holding.renew(capacity);
    } else {
      holding.set(capacity);
    }
  }

  private void watchTheTime(ChannelHandlerContext channel, boolean anyEnded) {
    if (held == null && cutting == null || isPaused() || waits) {
      stop();
    } else if (anyEnded || deadline == null) {
      stop();
      deadline =
          channel
              .executor()
              .schedule(
                  () -> connection.tooSlow(patience), patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void stop() {
    Future<?> running = deadline;
    deadline = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  /** Whether something has come that was not handed on, also if the connection is at its end. */
  boolean isWithinAPacket() {
    brokeOff |= cutting != null || held != null;
    return brokeOff;
  }

  /** Releases everything that is held. */
  void letGo() {
    stop();
    cutting = null;
    turns.leave();
    holding.set(0);
    ByteBuf waiting = held;
    if (waiting != null && !handingOn) {
      held = null;
      waiting.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    var _ = isWithinAPacket();
    letGo();
    channel.fireChannelInactive();
  }
}
