package org.linli.edge.intake.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linli.program.web.OpenConnection;

/**
 * The socket of a client on a Netty channel, and that channel's last handler, which passes packets
 * and the end on to the connection. For the channel's event loop.
 */
final class NettySocket extends ChannelDuplexHandler implements ClientSocket {

  private final Function<ClientSocket, MqttConnection> opens;
  private @Nullable ChannelHandlerContext context;
  private @Nullable MqttConnection connection;

  /**
   * @param opens creates the connection, which adds its handlers before this one
   */
  NettySocket(Function<ClientSocket, MqttConnection> opens) {
    this.opens = opens;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    connection = opens.apply(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object packet) {
    connection().received(packet);
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    connection().ended();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
    connection().broke(cause);
    cut();
  }

  /** Closes the channel, whoever asks for it, after what was written before. */
  @Override
  public void close(ChannelHandlerContext channel, ChannelPromise promise) {
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              var _ = channel.close(promise);
            });
  }

  private MqttConnection connection() {
    return Objects.requireNonNull(connection, "opened when the handler was added");
  }

  @Override
  public ChannelHandlerContext channel() {
    return Objects.requireNonNull(context, "known since the handler was added");
  }

  @Override
  public String peer() {
    return channel().channel().remoteAddress() instanceof InetSocketAddress internet
        ? NetUtil.toSocketAddressString(internet)
        : String.valueOf(channel().channel().remoteAddress());
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
    var _ = channel().channel().close();
  }

  @Override
  public void cut() {
    var _ = channel().close();
  }
}
