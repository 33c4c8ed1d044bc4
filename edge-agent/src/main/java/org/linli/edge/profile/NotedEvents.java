package org.linli.edge.profile;

import java.util.ArrayList;
import java.util.List;
import org.linli.event.DeviceEvent;

/**
 * The events of a message by its parts, and what could not be read in each part. For one thread.
 */
final class NotedEvents {

  /** Most of it that is told, so that there is room for what is wrong with the part. */
  private static final int MOST_OF_WHOLE = 3;

  private final List<Noted> noted = new ArrayList<>();
  private Defects defects = new Defects();
  private final List<String> ofWhole = new ArrayList<>();
  private int part;
  private boolean isJudged;

  /** The same, one for each of the marked events. */
  private List<Noted> told = List.of();

  /**
   * An event of a part.
   *
   * @param beside what could not be read in that part of the message
   * @param follows whether it only says which state changed with those before it
   */
  private record Noted(DeviceEvent event, Defects beside, int part, boolean follows) {}

  void add(DeviceEvent event, boolean follows) {
    noted.add(new Noted(event, defects, part, follows));
  }

  /** What could not be read in the present part. */
  Defects defects() {
    return defects;
  }

  /** Notes what is wrong with all parts. */
  void ofWhole(String defect) {
    if (ofWhole.size() < MOST_OF_WHOLE && !ofWhole.contains(defect)) {
      ofWhole.add(defect);
    }
  }

  /** What follows is another part of the message, with defects of its own. */
  void nextPart() {
    // Always another one: the events before share the one that they have, also while it is empty.
    defects = new Defects();
    part++;
    isJudged = false;
  }

  /** The states of the present part were compared by their times. */
  void judged() {
    isJudged = true;
  }

  boolean isJudged() {
    return isJudged;
  }

  int size() {
    return noted.size();
  }

  // Loops here and below, as these run for every message.
  boolean hasAlarm() {
    for (Noted each : noted) {
      if (!each.event().type().isMeasurement()) {
        return true;
      }
    }
    return false;
  }

  boolean hasDefects() {
    if (!ofWhole.isEmpty()) {
      return !noted.isEmpty();
    }
    for (Noted each : noted) {
      if (!each.beside().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The events, marked with what could not be read beside them. */
  List<DeviceEvent> marked() {
    List<DeviceEvent> events = new ArrayList<>(noted.size());
    List<Noted> theirs = new ArrayList<>(noted.size());
    for (Noted each : noted) {
      for (DeviceEvent event : each.beside().after(ofWhole).marked(each.event())) {
        events.add(event);
        theirs.add(each);
      }
    }
    told = theirs;
    return events;
  }

  /** The part of one of the {@link #marked} events. */
  int part(int event) {
    return told.get(event).part();
  }

  /** Whether one of the {@link #marked} events follows from those before it in its part. */
  boolean follows(int event) {
    return told.get(event).follows();
  }
}
