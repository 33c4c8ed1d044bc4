package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stops reading from a client that does not read its answers, which would otherwise fill the
 * memory. Its unread answers count as held bytes. A client that reads nothing for too long is
 * closed.
 */
final class UnreadAnswers extends ChannelInboundHandlerAdapter {

  /**
   * Reading stops above the high mark and continues below the low mark, in bytes including Netty's
   * overhead.
   */
  static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(8 << 10, 16 << 10);

  /**
   * Bytes that can wait for a client that does not read: up to the mark, and what was accepted
   * before.
   */
  private static final int COST = 32 << 10;

  private final ClientConnection connection;
  private final Runnable drained;
  private final Runnable doesNotRead;
  private final Duration patience;
  private final HeldBytes.Holding holding;
  private boolean waiting;
  private @Nullable Future<?> deadline;

  /**
   * @param drained called when the client has read, and more can be written
   * @param doesNotRead called when the client did not read its answers in time
   */
  UnreadAnswers(
      ClientConnection connection,
      Runnable drained,
      Runnable doesNotRead,
      Duration patience,
      HeldBytes held) {
    this.connection = connection;
    this.drained = drained;
    this.doesNotRead = doesNotRead;
    this.patience = patience;
    this.holding = held.holding(connection::giveWay);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext channel) {
    boolean writable = channel.channel().isWritable();
    if (!writable && !waiting) {
      waiting = true;
      connection.pause();
      deadline =
          channel.executor().schedule(doesNotRead, patience.toMillis(), TimeUnit.MILLISECONDS);
      holding.set(COST);
    } else if (writable && waiting) {
      goOn();
      connection.resume();
      drained.run();
    }
    channel.fireChannelWritabilityChanged();
  }

  private void goOn() {
    waiting = false;
    holding.set(0);
    Future<?> running = deadline;
    deadline = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    goOn();
    channel.fireChannelInactive();
  }
}
