package org.linli.hub.history;

/** A store cannot be read now. Retryable: nothing was changed. */
public class HistoryUnavailableException extends RuntimeException {

  public HistoryUnavailableException(String message) {
    super(message);
  }

  public HistoryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
