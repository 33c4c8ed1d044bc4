package org.linli.hub.records;

/**
 * The hub's records cannot be opened. Not retryable: a person has to do what {@link #action} says.
 */
public class RecordsUnavailableException extends RuntimeException {

  private final String action;

  RecordsUnavailableException(String message, String action) {
    super(message);
    this.action = action;
  }

  RecordsUnavailableException(String message, String action, Throwable cause) {
    super(message, cause);
    this.action = action;
  }

  /** Returns what to do about it, as a sentence. */
  public String action() {
    return action;
  }
}
