package org.linli.edge.profile;

import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;

/** Leaves the middle of a document at its first fault; never leaves this package. */
final class Unreadable extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  Unreadable(RefusalReason reason, String detail) {
    super(detail, null, false, false);
    this.refusal = new Refusal(reason, detail);
  }

  Refusal refusal() {
    return refusal;
  }
}
