package org.linli.edge.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linli.edge.profile.NamedDevices.Unnamed;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.Sha256;
import org.linli.event.UnregisteredEquipment.KindFrom;

/**
 * Applies the registry to the events of a message: device ids and event ids. An event of replaced
 * hardware has the hardware's number before its id ({@code 2#17}): the new piece may count from 1
 * again, and its events must not be mistaken for those of the old piece.
 */
final class Recognition {

  private static final char BEFORE_ID = '#';

  private final KnownDevices known;

  Recognition(KnownDevices known) {
    this.known = known;
  }

  /**
   * The events of a Linli JSON message, which are all of the device in its address.
   *
   * @param profile the name under which Linli JSON is registered
   */
  List<DeviceEvent> addressed(String profile, List<DeviceEvent> events) {
    DeviceId named = events.getFirst().device();
    DeviceId device =
        known
            .at(profile, named.value())
            .map(Subject::device)
            .orElseGet(() -> known.heardAs(profile, named));
    List<DeviceEvent> settled = device.equals(named) ? events : renamed(events, device);
    if (known.kindOf(device).isEmpty()) {
      known.met(
          new UnregisteredDevice(profile, named.value(), KindFrom.ADDRESS, settled.getLast()));
    }
    return settled(settled);
  }

  /** The events of a profile's reading. */
  List<DeviceEvent> read(MessageReading reading) {
    List<DeviceEvent> events = reading.events();
    Map<DeviceId, Unnamed> unregistered = reading.unregistered();
    Map<DeviceId, DeviceEvent> last = lastOf(unregistered.keySet(), events);
    unregistered.forEach(
        (device, unnamed) -> {
          DeviceEvent said = last.get(device);
          if (said != null) {
            known.met(
                new UnregisteredDevice(
                    reading.profile(), unnamed.address(), unnamed.kindFrom(), said));
          }
        });
    return settled(events);
  }

  /**
   * One pass over the events, because a message can name far more devices than it has events for.
   */
  private static Map<DeviceId, DeviceEvent> lastOf(
      Set<DeviceId> unregistered, List<DeviceEvent> events) {
    if (unregistered.isEmpty()) {
      return Map.of();
    }
    Map<DeviceId, DeviceEvent> last = new HashMap<>();
    for (DeviceEvent event : events) {
      if (unregistered.contains(event.device())) {
        last.put(event.device(), event);
      }
    }
    return last;
  }

  private List<DeviceEvent> settled(List<DeviceEvent> events) {
    for (DeviceEvent event : events) {
      if (event.id() != null && known.generationOf(event.device()) > 1) {
        return events.stream().map(this::settled).toList();
      }
    }
    return events;
  }

  private DeviceEvent settled(DeviceEvent event) {
    EventId id = event.id();
    int generation = known.generationOf(event.device());
    return id == null || generation == 1
        ? event
        : new DeviceEvent(
            event.device(),
            event.kind(),
            event.type(),
            ofHardware(generation, id),
            event.time(),
            event.deviceTime(),
            event.takenAt(),
            event.values());
  }

  static EventId ofHardware(int generation, EventId id) {
    String full = generation + String.valueOf(BEFORE_ID) + id;
    return full.length() <= EventId.MAX_LENGTH
        ? new EventId(full)
        : new EventId(generation + String.valueOf(BEFORE_ID) + Sha256.hexOf(id.value()));
  }

  private static List<DeviceEvent> renamed(List<DeviceEvent> events, DeviceId device) {
    List<DeviceEvent> renamed = new ArrayList<>(events.size());
    for (DeviceEvent event : events) {
      renamed.add(
          new DeviceEvent(
              device,
              event.kind(),
              event.type(),
              event.id(),
              event.time(),
              event.deviceTime(),
              event.takenAt(),
              event.values()));
    }
    return renamed;
  }
}
