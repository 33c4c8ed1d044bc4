package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Notifies a connection that nothing came over it for too long. */
final class Watch extends IdleStateHandler {

  private final MqttConnection connection;

  Watch(MqttConnection connection, Duration patience) {
    super(patience.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
    this.connection = connection;
  }

  @Override
  protected void channelIdle(ChannelHandlerContext channel, IdleStateEvent silence) {
    // If auto-read is off, the door itself does not read.
    if (channel.channel().config().isAutoRead()) {
      connection.silent();
    }
  }
}
