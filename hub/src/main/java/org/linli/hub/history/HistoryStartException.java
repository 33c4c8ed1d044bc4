package org.linli.hub.history;

/**
 * The history cannot be opened at start-up. Not retryable: a person has to do what {@link #action}
 * says.
 */
public class HistoryStartException extends RuntimeException {

  private final String action;

  /**
   * @param message names the setting or folder and what is wrong with it
   * @param action what to do about it, as a sentence
   */
  public HistoryStartException(String message, String action) {
    super(message);
    this.action = action;
  }

  /** Creates the exception with the failure that caused it. */
  public HistoryStartException(String message, String action, Throwable cause) {
    super(message, cause);
    this.action = action;
  }

  /** Returns what to do about it, as a sentence. */
  public String action() {
    return action;
  }
}
