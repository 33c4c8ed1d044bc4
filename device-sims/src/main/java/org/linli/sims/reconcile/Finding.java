package org.linli.sims.reconcile;

/** What can be found, in Jepsen's words where it has one. */
public enum Finding {
  LOST("lost", "acknowledged, and not at the hub", true),
  DOUBLED("doubled", "at the hub more than once", true),
  UNEXPECTED("unexpected", "never sent, sent otherwise, or refused, and yet at the hub", true),
  RECOVERED("recovered", "not acknowledged, and yet at the hub", false),
  OUT_OF_ORDER("out of order", "ordered before an earlier one of its device", true),
  BY_GATEWAY("by the gateway", "made by the gateway itself: a device came or went", false);

  private final String title;
  private final String meaning;
  private final boolean broken;

  Finding(String title, String meaning, boolean broken) {
    this.title = title;
    this.meaning = meaning;
    this.broken = broken;
  }

  public String title() {
    return title;
  }

  public String meaning() {
    return meaning;
  }

  /** Whether one of these breaks a promise. */
  public boolean isBroken() {
    return broken;
  }
}
