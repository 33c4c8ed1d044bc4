package org.linli.rules;

/** What a rule decided. */
public enum Outcome {
  /** The event does not concern the rule, or is older than what the rule has seen. */
  IGNORED,
  /** Noted, without any effect on an alert. */
  NOTED,
  /** An alert opens; none was open. */
  OPENED,
  /** The open alert's cause was reported once more. */
  REPEATED,
  /** The open alert's cause is gone. */
  CLEARED
}
