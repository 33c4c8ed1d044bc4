package org.linli.hub.journal;

/**
 * A store can write, but will never take all of these events. Retrying the same events is useless.
 * Given one by one, the events that the store takes are kept and the others are identified.
 */
public class EventsRefusedException extends RuntimeException {

  /**
   * @param message the store's own words
   */
  public EventsRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
