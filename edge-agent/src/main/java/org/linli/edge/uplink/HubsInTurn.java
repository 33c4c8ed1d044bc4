package org.linli.edge.uplink;

import java.net.URI;

/**
 * Which address of the hub is tried: the one that answered last, and after a failure the next one.
 * For one thread.
 */
final class HubsInTurn {

  private final HubAddress hub;
  private int current;
  private int failures;

  HubsInTurn(HubAddress hub) {
    this.hub = hub;
  }

  URI current() {
    return hub.hubUri().get(current);
  }

  /** The current one answered, so it is the first of the next round. */
  void answered() {
    failures = 0;
  }

  /**
   * The current one did not answer, or is gone.
   *
   * @return whether each has been tried since one answered, or since the last round
   */
  boolean failed() {
    current = (current + 1) % hub.hubUri().size();
    failures = (failures + 1) % hub.hubUri().size();
    return failures == 0;
  }
}
