package org.linli.rules;

/** The decision of a rule. */
public enum Outcome {
  /** The event does not concern the rule, or is older than the last one that did. */
  IGNORED,
  /** Noted, without any effect on an alert. */
  NOTED,
  /** An alert opens, where none was open. */
  OPENED,
  /** The cause of the open alert was reported again. */
  REPEATED,
  /** The cause of the open alert is gone. */
  CLEARED
}
