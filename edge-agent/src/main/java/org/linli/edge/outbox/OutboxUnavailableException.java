package org.linli.edge.outbox;

/** The outbox could not do it for now; nothing has changed, and it is worth trying again. */
public final class OutboxUnavailableException extends RuntimeException {

  public OutboxUnavailableException(String message) {
    super(message);
  }

  public OutboxUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
