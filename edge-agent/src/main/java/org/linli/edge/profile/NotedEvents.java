package org.linli.edge.profile;

import java.util.ArrayList;
import java.util.List;
import org.linli.event.DeviceEvent;

/**
 * The events of a message by its parts, and what could not be read in each part. For one thread.
 */
final class NotedEvents {

  private final List<Noted> noted = new ArrayList<>();
  private Defects defects = new Defects();

  /** An event, and what could not be read in its part of the message. */
  private record Noted(DeviceEvent event, Defects beside) {}

  void add(DeviceEvent event) {
    noted.add(new Noted(event, defects));
  }

  /** What could not be read in the present part. */
  Defects defects() {
    return defects;
  }

  /** What follows is another part of the message, with defects of its own. */
  void nextPart() {
    // Always another one: the events before share the one that they have, also while it is empty.
    defects = new Defects();
  }

  int size() {
    return noted.size();
  }

  boolean hasAlarm() {
    return noted.stream().anyMatch(each -> !each.event().type().isMeasurement());
  }

  boolean hasDefects() {
    return noted.stream().anyMatch(each -> !each.beside().isEmpty());
  }

  /** The events, marked with what could not be read beside them. */
  List<DeviceEvent> marked() {
    return noted.stream().flatMap(each -> each.beside().marked(each.event()).stream()).toList();
  }
}
