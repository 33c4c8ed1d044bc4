package org.linli.hub.adoption;

/** Ends a change at the first condition that prevents it. */
final class NotDone extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient RegistryOutcome outcome;

  NotDone(RegistryOutcome outcome) {
    super(outcome.toString(), null, false, false);
    this.outcome = outcome;
  }

  static NotDone refused(String field, String why) {
    return new NotDone(new RegistryOutcome.Refused(field, why));
  }

  RegistryOutcome outcome() {
    return outcome;
  }
}
