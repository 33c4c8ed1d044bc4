package org.linli.edge.outbox;

/**
 * The outbox cannot carry out the request for now. Nothing has changed, and a retry makes sense.
 */
public final class OutboxUnavailableException extends RuntimeException {

  public OutboxUnavailableException(String message) {
    super(message);
  }

  public OutboxUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
