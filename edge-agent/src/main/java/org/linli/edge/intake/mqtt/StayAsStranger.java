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
final class StayAsStranger implements Strangers.Stranger {

  private static final long LINGER_MILLIS = 2_000;

  private final Applicant connection;
  private final Line line;
  private final Strangers strangers;

  /** Kept because a closed line may have none. */
  private final ChannelHandlerContext channel;

  private @Nullable Future<?> deadline;

  StayAsStranger(Applicant connection, Line line, Strangers strangers) {
    this.connection = connection;
    this.line = line;
    this.strangers = strangers;
    this.channel = line.channel();
  }

  /** The CONNECT has to come within this time. */
  void begin(Duration connectTimeout) {
    strangers.add(this);
    if (!connection.isClosed()) {
      after(connectTimeout.toMillis(), connection::turnAway);
    }
  }

  /** The CONNECT has come, or the connection is closed. */
  void end() {
    strangers.remove(this);
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
      strangers.add(this);
      after(LINGER_MILLIS, line::cut);
    }
  }

  private void after(long millis, Runnable task) {
    deadline = channel.executor().schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void drop() {
    connection.turnAway();
    line.cut();
  }
}
