package org.linli.event.codec;

import org.linli.event.Lane;
import org.linli.event.wire.BatchWire;

/** The numbers of lanes on the wire. */
final class WireLane {

  private WireLane() {}

  static int number(Lane lane) {
    return switch (lane) {
      case URGENT -> BatchWire.Lane.LANE_URGENT_VALUE;
      case BULK -> BatchWire.Lane.LANE_BULK_VALUE;
    };
  }

  static Lane of(long number) throws MalformedException {
    for (Lane lane : Lane.values()) {
      if (number(lane) == number) {
        return lane;
      }
    }
    throw new MalformedException("lane is " + number);
  }
}
