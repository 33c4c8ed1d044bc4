package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.internal.net.NetSocketInternal;
import java.net.InetSocketAddress;
import org.linli.program.web.OpenConnection;

/** A Vert.x socket. */
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
  public String network() {
    return channel().channel().remoteAddress() instanceof InetSocketAddress internet
            && internet.getAddress() != null
        ? OpenConnection.networkOf(internet.getAddress())
        : "local";
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
