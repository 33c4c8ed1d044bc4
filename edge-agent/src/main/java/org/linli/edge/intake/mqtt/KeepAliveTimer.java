package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Notifies a connection that nothing came over it for too long. */
final class KeepAliveTimer extends IdleStateHandler {

  private final Runnable silent;

  /**
   * @param silent called when nothing came for so long
   */
  KeepAliveTimer(Duration patience, Runnable silent) {
    super(patience.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
    this.silent = silent;
  }

  @Override
  protected void channelIdle(ChannelHandlerContext channel, IdleStateEvent silence) {
    // If auto-read is off, the door itself does not read.
    if (channel.channel().config().isAutoRead()) {
      silent.run();
    }
  }
}
