package org.linli.sims.reconcile;

/** The possible discrepancies, with Jepsen's terms where it has one. */
public enum Discrepancy {
  LOST("lost", "acknowledged, and not at the hub", true),
  DOUBLED("doubled", "at the hub more than once", true),
  UNEXPECTED("unexpected", "never sent, sent otherwise, or refused, and yet at the hub", true),
  SAID_AGAIN("said again", "of a format without ids, sent again, and so at the hub again", false),
  BESIDE("beside", "made of a message beside the event that it is recognised by", false),
  RECOVERED("recovered", "not acknowledged, and yet at the hub", false),
  OUT_OF_ORDER("out of order", "ordered before an earlier one of its device", true),
  BY_GATEWAY("by the gateway", "made by the gateway itself: a device came or went", false);

  private final String title;
  private final String meaning;
  private final boolean broken;

  Discrepancy(String title, String meaning, boolean broken) {
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

  /** Whether it occurs only with messages in a vendor's format. */
  boolean isOfFormats() {
    return this == SAID_AGAIN || this == BESIDE;
  }

  /** Whether one of these breaks a promise. */
  public boolean isBroken() {
    return broken;
  }
}
