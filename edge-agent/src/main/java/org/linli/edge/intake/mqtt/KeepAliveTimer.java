package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Notifies a connection that no packet came over it for too long (MQTT 5 section 3.1.2.10). A part
 * of a packet is none. Time in which the door itself does not read does not count.
 */
final class KeepAliveTimer extends IdleStateHandler {

  private final Runnable silent;

  /**
   * @param silent called when no packet came for so long
   */
  KeepAliveTimer(Duration patience, Runnable silent) {
    super(patience.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
    this.silent = silent;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext channel, Object event) throws Exception {
    if (event.equals(PacketReader.READS_AGAIN)) {
      resetReadTimeout();
    } else {
      super.userEventTriggered(channel, event);
    }
  }

  @Override
  protected void channelIdle(ChannelHandlerContext channel, IdleStateEvent silence) {
    // If auto-read is off, the door itself does not read.
    if (channel.channel().config().isAutoRead()) {
      silent.run();
    }
  }
}
