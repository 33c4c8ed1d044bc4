package org.linli.sims.contract;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.linli.event.Lane;

/** What a gateway's disk ought to know: copied and restored with it. */
final class Memory {

  /** The events that devices heard to be taken, by the number each was given; no repeats. */
  final Map<Long, Taken> taken;

  /** {@code device id} of everything taken that had an id. */
  final Set<String> ids;

  long offered;
  long repeated;

  /** An event as it was offered. */
  record Taken(String device, Step.Sort sort) {
    Lane lane() {
      return sort == Step.Sort.URGENT ? Lane.URGENT : Lane.BULK;
    }
  }

  Memory() {
    this(Map.of(), Set.of(), 0, 0);
  }

  private Memory(Map<Long, Taken> taken, Set<String> ids, long offered, long repeated) {
    this.taken = new HashMap<>(taken);
    this.ids = new HashSet<>(ids);
    this.offered = offered;
    this.repeated = repeated;
  }

  Memory copy() {
    return new Memory(taken, ids, offered, repeated);
  }

  void offered(long number, Step.Event event) {
    String device = device(event);
    offered++;
    if (event.id() > 0 && !ids.add(device + " " + event.id())) {
      repeated++;
    } else {
      taken.put(number, new Taken(device, event.sort()));
    }
  }

  static String device(Step.Event event) {
    return "lift-" + event.device();
  }
}
