package org.linli.program.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.apache.coyote.Constants;
import org.apache.coyote.ErrorState;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 with limits that Tomcat lacks: on the connections of one address, and on the time of a
 * whole request. Tomcat's own timeouts restart with every byte, and when all its connections are in
 * use, it accepts no more.
 */
public final class BoundedProtocol extends Http11NioProtocol {

  private final BoundedEndpoint endpoint;

  /** Called by Tomcat, which finds this class by name. */
  public BoundedProtocol() {
    BoundedEndpoint bounded = new BoundedEndpoint();
    super(bounded);
    this.endpoint = bounded;
  }

  /** Sets the connections; called before the start. */
  public void bound(OpenConnections connections) {
    endpoint.connections = connections;
    setMaxConnections(connections.most() + OpenConnections.CLOSING);
  }

  private static final class BoundedEndpoint extends NioEndpoint {

    private @Nullable OpenConnections connections;

    OpenConnections known() {
      return Objects.requireNonNull(connections, "told before the start");
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
      if (known().admit(socket)) {
        return super.setSocketOptions(socket);
      }
      destroySocket(socket);
      return false;
    }
  }

  @Override
  protected Processor createProcessor() {
    return new BoundedProcessor();
  }

  private final class BoundedProcessor extends Http11Processor implements OpenConnection.Work {

    BoundedProcessor() {
      super(BoundedProtocol.this, BoundedProtocol.this.getAdapter());
    }

    @Override
    public SocketState service(SocketWrapperBase<?> wrapper) throws IOException {
      OpenConnection connection = connectionOf(wrapper);
      if (connection == null) {
        return super.service(wrapper);
      }
      SocketState state = connection.work(this, () -> super.service(wrapper));
      if (getRequest().getStartTimeNanos() == -1) {
        connection.answered();
      }
      return state;
    }

    /** Tomcat gives up such a request without a word to anybody. */
    @Override
    protected void setErrorState(ErrorState state, @Nullable Throwable cause) {
      if (state == ErrorState.CLOSE_CONNECTION_NOW
          && getRequest().getRequestProcessor().getStage() == Constants.STAGE_PARSE
          && hasBegun()) {
        endpoint.known().brokenOff();
      }
      super.setErrorState(state, cause);
    }

    /** Whether more than an empty line has come: some clients send one behind a body. */
    private boolean hasBegun() {
      if (!(getRequest().getInputBuffer() instanceof ApplicationBufferHandler input)) {
        return false;
      }
      ByteBuffer come = input.getByteBuffer();
      for (int i = 0; i < come.limit(); i++) {
        if (come.get(i) != '\r' && come.get(i) != '\n') {
          return true;
        }
      }
      return false;
    }

    private @Nullable OpenConnection connectionOf(SocketWrapperBase<?> wrapper) {
      return wrapper.getSocket() instanceof NioChannel channel && channel.getIOChannel() != null
          ? endpoint.known().of(channel.getIOChannel())
          : null;
    }

    @Override
    public long beganAt() {
      long began = getRequest().getStartTimeNanos();
      return began == -1 ? System.nanoTime() : began;
    }

    @Override
    public boolean isStillComing() {
      int stage = getRequest().getRequestProcessor().getStage();
      return stage < Constants.STAGE_SERVICE || !isRequestBodyFullyRead();
    }
  }
}
