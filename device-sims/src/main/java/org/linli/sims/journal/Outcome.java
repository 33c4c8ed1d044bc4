package org.linli.sims.journal;

/** What a device was told about an event. */
public enum Outcome {
  /** Nothing: the answer was lost, never came, or there is none, as at QoS 0. */
  UNKNOWN,
  REFUSED,
  ACKNOWLEDGED
}
