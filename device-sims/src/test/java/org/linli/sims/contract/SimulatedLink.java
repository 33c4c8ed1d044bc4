package org.linli.sims.contract;

import java.util.ArrayList;
import java.util.List;
import org.linli.event.Lane;

/** What is on its way between a gateway and its hub, as bytes, in the order it was sent. */
final class SimulatedLink {

  /** A batch on its way up, and whether the hub's end acknowledged it as MQTT does. */
  static final class Upward {
    final Lane lane;
    final byte[] batch;
    boolean acknowledged;

    Upward(Lane lane, byte[] batch) {
      this.lane = lane;
      this.batch = batch;
    }
  }

  final List<Upward> up = new ArrayList<>();
  final List<byte[]> down = new ArrayList<>();

  void clear() {
    up.clear();
    down.clear();
  }

  boolean isEmpty() {
    return up.isEmpty() && down.isEmpty();
  }
}
