package org.linli.hub.history;

/** The embedded store has far more names than the heap should carry: it is to be built anew. */
public final class OvergrownHistoryException extends RuntimeException {

  public OvergrownHistoryException(String message) {
    super(message);
  }
}
