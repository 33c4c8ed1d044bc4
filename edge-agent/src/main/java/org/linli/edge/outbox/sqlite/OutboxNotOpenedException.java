package org.linli.edge.outbox.sqlite;

/** The outbox cannot be opened, and a retry will not help before a person has acted. */
public final class OutboxNotOpenedException extends RuntimeException {

  private final String action;

  /**
   * @param description a sentence that names the folder or file and the problem
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
