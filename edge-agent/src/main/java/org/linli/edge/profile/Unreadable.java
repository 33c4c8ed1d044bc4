package org.linli.edge.profile;

import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;

/**
 * Ends the interpretation of a message at its first error, which becomes the dead letter's reason.
 */
public final class Unreadable extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /**
   * @param detail for a person: the place of the error, the field, and the rule
   */
  public Unreadable(RefusalReason reason, String detail) {
    super(detail, null, false, false);
    this.refusal = new Refusal(reason, detail);
  }

  public Refusal refusal() {
    return refusal;
  }
}
