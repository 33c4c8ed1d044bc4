package org.linli.edge.intake.mqtt;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Listens with Netty: one thread accepts, and each connection belongs to one of the event loops,
 * which take turns. Opened and closed once.
 */
final class NettyServer {

  private static final long PATIENCE_SECONDS = 5;

  /** Sizes of one read, in bytes: data that was read and cannot be processed at once is held. */
  private static final int SMALLEST_READ = 256;

  private static final int FIRST_READ = 1 << 10;
  private static final int LARGEST_READ = 16 << 10;

  static {
    // Netty would follow some of its buffers to find lost ones, which costs memory and time.
    if (System.getProperty("io.netty.leakDetection.level") == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  private final EventLoopGroup acceptor = threads(1, "mqtt-accept");
  private final EventLoopGroup loops;
  private final ChannelGroup connections = new DefaultChannelGroup(acceptor.next(), true);

  /**
   * @param loops how many event loops
   */
  NettyServer(int loops) {
    this.loops = threads(loops, "mqtt-loop");
  }

  private static EventLoopGroup threads(int number, String name) {
    return new MultiThreadIoEventLoopGroup(
        number, new DefaultThreadFactory(name), NioIoHandler.newFactory());
  }

  Iterable<EventExecutor> loops() {
    return loops;
  }

  /** Runs a task on one of the event loops, again and again. */
  void every(long millis, Runnable task) {
    var _ = loops.next().scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Listens.
   *
   * @param port 0 for a free one
   * @param last creates the last handler of a connection on this event loop; it adds the others
   * @return the port
   * @throws IOException if the address is unknown, or the port cannot be bound
   */
  int listen(String address, int port, Function<EventExecutor, ChannelHandler> last)
      throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(acceptor, loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UnreadAnswers.MARKS)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    connections.add(accepted);
                    accepted.pipeline().addLast(ClientSocket.END, last.apply(accepted.eventLoop()));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getByName(address), port));
    if (!bound.awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("binding took longer than " + PATIENCE_SECONDS + " s");
    }
    if (!bound.isSuccess()) {
      throw bound.cause() instanceof IOException network ? network : new IOException(bound.cause());
    }
    connections.add(bound.channel());
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  /**
   * Stops listening, closes each connection after what was written to it, and ends the threads.
   * What does not end by then is left to itself.
   */
  void close() {
    connections.close().awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    // Everything is closed, so there is no reason to wait for more work.
    var _ = acceptor.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
    loops
        .shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
