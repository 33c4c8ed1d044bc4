package org.linli.edge.intake;

/** A reply to a message that came over a connection with a beginning and an end. */
public interface ConnectedReply extends Reply {

  /** Of a message that somebody left behind who is gone: no sign of life. */
  long LEFT_BEHIND = -1;

  /**
   * Which connection, from 1, the later one the higher; 0 where the device has none of its own; or
   * {@link #LEFT_BEHIND}.
   */
  long connection();

  /** Whether a broker kept the message for whoever comes later: it may be of any age. */
  default boolean wasRetained() {
    return false;
  }
}
