package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.internal.net.NetSocketInternal;

/** A socket of Vert.x. */
record SocketLine(NetSocketInternal socket) implements Line {

  @Override
  public ChannelHandlerContext channel() {
    return socket.channelHandlerContext();
  }

  @Override
  public String peer() {
    return String.valueOf(socket.remoteAddress());
  }

  @Override
  public void close() {
    socket.close();
  }

  @Override
  public void cut() {
    var _ = channel().close();
  }
}
