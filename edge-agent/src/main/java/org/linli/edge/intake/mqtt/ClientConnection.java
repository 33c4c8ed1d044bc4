package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttMessage;
import org.linli.edge.intake.RefusalReason;

/**
 * A connection as the classes see it that serve its client. For the connection's event loop, except
 * for {@link #execute}.
 */
interface ClientConnection {

  /** Number of the connection; a later connection has a higher one. */
  long number();

  /** The connection's place among the clients. */
  Place place();

  /** Runs a task on the connection's event loop; from any thread. */
  void execute(Runnable task);

  boolean isClosed();

  /** Whether the client reads what was written; otherwise more of it would fill the memory. */
  boolean isWritable();

  /** Writes a packet and flushes. */
  default void send(MqttMessage packet) {
    write(packet);
    flush();
  }

  /** Writes a packet. A failure ends the connection. */
  void write(MqttMessage packet);

  void flush();

  /** Stops reading until {@link #resume} was called as often as this. */
  void pause();

  void resume();

  /** Sends DISCONNECT with the reason, if the protocol has it, and closes. */
  void disconnect(Reason reason, String why);

  /**
   * Closes the connection because others need its memory. The client can send unfinished packets
   * again.
   */
  void giveWay();

  /** Counts something that is refused without a message. */
  void refused(RefusalReason reason);

  /** Ends the connection after a failure of the network or a defect. */
  void broke(Throwable cause);
}
