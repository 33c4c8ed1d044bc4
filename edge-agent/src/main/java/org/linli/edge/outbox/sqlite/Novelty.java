package org.linli.edge.outbox.sqlite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.linli.edge.profile.Basis;
import org.linli.event.DeviceEvent;

/** Which events of a message are new, and which of its parts, as they are admitted. */
final class Novelty {

  /** For messages of which nothing is known but their events. */
  private static final Novelty OF_NONE = new Novelty(Basis.NONE);

  private final Basis basis;

  /** The parts with events, in order. */
  private final List<OfPart> parts = new ArrayList<>(1);

  /** What is known of one part. */
  private static final class OfPart {
    private final int number;
    private boolean anyNew;
    private boolean anyOld;
    private boolean anyNewAlarm;
    private boolean anyOldAlarm;

    OfPart(int number) {
      this.number = number;
    }

    /**
     * Whether what it told was told before; a measurement beside a repeated alarm tells nothing.
     */
    private boolean isRepeat() {
      return !anyNew || anyOldAlarm && !anyNewAlarm;
    }
  }

  private Novelty(Basis basis) {
    this.basis = basis;
  }

  static Novelty of(Basis basis) {
    return basis.equals(Basis.NONE) ? OF_NONE : new Novelty(basis);
  }

  /**
   * Whether an event may be new: not if it follows from one that came before.
   *
   * @param place among the message's events, in order
   */
  boolean mayBeNew(int place) {
    return !basis.follows(place) || !part(place).anyOld;
  }

  void saw(int place, DeviceEvent event, boolean isNew) {
    if (basis.equals(Basis.NONE)) {
      return;
    }
    OfPart part = part(place);
    boolean isAlarm = !event.type().isMeasurement();
    part.anyNew |= isNew;
    part.anyOld |= !isNew;
    part.anyNewAlarm |= isAlarm && isNew;
    part.anyOldAlarm |= isAlarm && !isNew;
  }

  private OfPart part(int place) {
    int number = basis.part(place);
    if (parts.isEmpty() || parts.getLast().number != number) {
      parts.add(new OfPart(number));
    }
    return parts.getLast();
  }

  /** Whether anything that the basis speaks of is new. */
  boolean isAny() {
    // Loops here and below: they run for every message.
    for (OfPart part : parts) {
      if (part.anyNew) {
        return true;
      }
    }
    return false;
  }

  /**
   * Withdraws what the parts told that came before. A part without events is one if all others are.
   *
   * @return whether there is such a part
   */
  boolean withdraw() {
    Set<Integer> repeated = Set.of();
    for (OfPart part : parts) {
      if (part.isRepeat()) {
        repeated = repeated.isEmpty() ? new HashSet<>() : repeated;
        repeated.add(part.number);
      }
    }
    if (repeated.isEmpty()) {
      return false;
    }
    Set<Integer> those = Set.copyOf(repeated);
    boolean all = those.size() == parts.size();
    basis.repeated(part -> all || those.contains(part));
    return true;
  }
}
