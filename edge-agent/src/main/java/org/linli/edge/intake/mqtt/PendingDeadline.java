package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.mqtt.Admission.Applicant;

/**
 * Limits the time that a connection has without a client: until its CONNECT has come, and after its
 * last packet, until the other side has read it. For the connection's event loop.
 */
final class PendingDeadline implements PendingConnections.Connection {

  private static final long LINGER_MILLIS = 2_000;

  private final Applicant connection;
  private final ClientSocket socket;
  private final PendingConnections pending;

  /** Kept because a closed socket may have none. */
  private final ChannelHandlerContext channel;

  private @Nullable Future<?> deadline;

  PendingDeadline(Applicant connection, ClientSocket socket, PendingConnections pending) {
    this.connection = connection;
    this.socket = socket;
    this.pending = pending;
    this.channel = socket.channel();
  }

  /** The CONNECT has to come within this time. */
  void begin(Duration connectTimeout) {
    pending.add(this);
    if (!connection.isClosed()) {
      after(connectTimeout.toMillis(), connection::turnAway);
    }
  }

  /** The CONNECT has come, or the connection is closed. */
  void end() {
    pending.remove(this);
    Future<?> running = deadline;
    deadline = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  /**
   * Gives a client that does not read the last packet only a moment before the socket is closed.
   */
  void linger() {
    if (channel.channel().isOpen()) {
      pending.add(this);
      after(LINGER_MILLIS, socket::cut);
    }
  }

  private void after(long millis, Runnable task) {
    deadline = channel.executor().schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void drop() {
    connection.turnAway();
    socket.cut();
  }
}
