package org.linli.edge.intake.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.linli.program.thread.Guard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 in which a whole request has a deadline. Tomcat's own timeouts begin anew with every
 * byte, so that somebody who sends one every few seconds holds a connection for hours; here a
 * connection is closed when its request, from its first byte, is not done with in time, whether it
 * is its head, its body or what is left of it that does not come.
 */
public final class DeadlineProtocol extends Http11NioProtocol {

  private static final Logger log = LoggerFactory.getLogger(DeadlineProtocol.class);
  private static final long LOOKS_EVERY_MILLIS = 500;

  private volatile Duration deadline = Duration.ofSeconds(30);
  private final Map<SocketWrapperBase<?>, Processor> atWork = new ConcurrentHashMap<>();
  private @Nullable ScheduledFuture<?> looking;
  private @Nullable Guard guard;

  /**
   * @param deadline from a request's first byte to the end of its answer
   */
  void setDeadline(Duration deadline) {
    this.deadline = deadline;
  }

  /**
   * @param guard for the look at who is late, which is on Tomcat's own thread: what throws there
   *     once is never run again
   */
  void setGuard(Guard guard) {
    this.guard = guard;
  }

  @Override
  public void start() throws Exception {
    super.start();
    looking =
        getUtilityExecutor()
            .scheduleWithFixedDelay(
                this::look, LOOKS_EVERY_MILLIS, LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws Exception {
    ScheduledFuture<?> ended = looking;
    if (ended != null) {
      ended.cancel(false);
      looking = null;
    }
    super.stop();
  }

  /** Notes who works on which connection: the connection itself only knows it in between. */
  @Override
  protected Processor createProcessor() {
    return new Http11Processor(this, getAdapter()) {
      @Override
      public SocketState service(SocketWrapperBase<?> connection) throws IOException {
        atWork.put(connection, this);
        try {
          return super.service(connection);
        } finally {
          atWork.remove(connection);
        }
      }
    };
  }

  private void look() {
    Guard present = guard;
    if (present != null) {
      boolean _ = present.run(this::closeTheLate);
    }
  }

  private void closeTheLate() {
    long now = System.nanoTime();
    for (SocketWrapperBase<?> connection : getEndpoint().getConnections()) {
      if (isLate(connection, now)) {
        log.atInfo()
            .addKeyValue("source", connection.getRemoteAddr())
            .addKeyValue("deadline", deadline)
            .log("A request did not come to its end in time; its connection is closed");
        connection.close();
      }
    }
  }

  private boolean isLate(SocketWrapperBase<?> connection, long now) {
    @Nullable Object processor = atWork.get(connection);
    if (processor == null) {
      processor = connection.getCurrentProcessor();
    }
    @Nullable Request request = processor instanceof Processor work ? work.getRequest() : null;
    long began = request == null ? -1 : request.getStartTimeNanos();
    return began != -1 && now - began > deadline.toNanos();
  }
}
