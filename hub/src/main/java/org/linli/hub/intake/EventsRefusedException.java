package org.linli.hub.intake;

/**
 * A store that will never take all of what it was given. What else was in the same list may be kept
 * already, and is given again without what is refused.
 */
public class EventsRefusedException extends RuntimeException {

  /**
   * @param message in the store's own words, for the dead letter
   */
  public EventsRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
