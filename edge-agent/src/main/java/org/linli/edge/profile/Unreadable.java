package org.linli.edge.profile;

import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.program.Shown;

/**
 * Ends the interpretation of a message at its first error, which becomes the dead letter's reason.
 */
public final class Unreadable extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;
  private final String defect;

  /**
   * @param detail for a person: the place of the error, the field, and the rule. It quotes nothing
   *     that the message says
   */
  public Unreadable(RefusalReason reason, String detail) {
    this(reason, detail, detail);
  }

  /**
   * @param detail as it stands beside the message, for a person who may read that
   * @param defect the same without a word of the message
   */
  public Unreadable(RefusalReason reason, String detail, String defect) {
    super(detail, null, false, false);
    this.refusal = new Refusal(reason, detail);
    this.defect = defect;
  }

  /**
   * One that quotes the message.
   *
   * @param said what it says there, of which the defect has the length only
   */
  public static Unreadable quoting(RefusalReason reason, String rule, String said) {
    return new Unreadable(
        reason, rule + ": " + Shown.text(said), rule + " (" + said.length() + " characters)");
  }

  /** The same, with its place before it. */
  public Unreadable at(String place) {
    return new Unreadable(refusal.reason(), place + refusal.detail(), place + defect);
  }

  /** The same, for another reason. */
  public Unreadable as(RefusalReason reason) {
    return new Unreadable(reason, refusal.detail(), defect);
  }

  public Refusal refusal() {
    return refusal;
  }

  /**
   * What an alarm says that is taken all the same. It travels to the hub with the alarm, where more
   * people read it than a dead letter: it names the field and the fault, and quotes nothing.
   */
  public String defect() {
    return defect;
  }
}
