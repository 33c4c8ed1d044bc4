package org.linli.sims.journal;

/** The answer that a device got for an event. */
public enum Outcome {
  /** None: the answer was lost, never came, or does not exist, as at QoS 0. */
  UNKNOWN,
  REFUSED,
  ACKNOWLEDGED
}
