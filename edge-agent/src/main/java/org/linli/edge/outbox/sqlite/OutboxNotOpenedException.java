package org.linli.edge.outbox.sqlite;

/** The outbox cannot be opened, and trying again will not help before somebody has acted. */
public final class OutboxNotOpenedException extends RuntimeException {

  private final String action;

  /**
   * @param description a sentence that names the folder or file and what is wrong with it
   * @param action a sentence that says what to do
   */
  OutboxNotOpenedException(String description, String action) {
    super(description);
    this.action = action;
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
