package org.linli.edge.outbox.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.linli.edge.profile.Basis;
import org.linli.event.DeviceEvent;

/** Which events of a message are new, and which of its parts, as they are admitted. */
final class Novelty {

  private final Basis basis;

  /** The parts with events, in order. */
  private final List<OfPart> parts = new ArrayList<>();

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

  Novelty(Basis basis) {
    this.basis = basis;
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

  boolean isAny() {
    return parts.stream().anyMatch(part -> part.anyNew);
  }

  /**
   * Withdraws what the parts told that came before. A part without events is one if all others are.
   *
   * @return whether there is such a part
   */
  boolean withdraw() {
    Set<Integer> repeated =
        parts.stream()
            .filter(OfPart::isRepeat)
            .map(part -> part.number)
            .collect(Collectors.toUnmodifiableSet());
    if (repeated.isEmpty()) {
      return false;
    }
    boolean all = repeated.size() == parts.size();
    basis.repeated(part -> all || repeated.contains(part));
    return true;
  }
}
