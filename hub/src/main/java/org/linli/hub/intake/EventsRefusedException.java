package org.linli.hub.intake;

/**
 * A store that writes, but not all of these events, however often they come. Not retryable as they
 * are: given one by one, those that it takes are kept and the others are known.
 */
public class EventsRefusedException extends RuntimeException {

  /**
   * @param message the store's own words
   */
  public EventsRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
