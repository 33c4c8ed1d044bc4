package org.linli.hub.history;

/** The embedded store has far more names than the heap should carry and must be rebuilt. */
public final class OvergrownHistoryException extends RuntimeException {

  public OvergrownHistoryException(String message) {
    super(message);
  }
}
