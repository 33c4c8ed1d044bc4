package org.linli.edge.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.edge.profile.UnregisteredDevice;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.RegisteredDevice.Equipment;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * Unregistered equipment: at most {@value EquipmentReport#MAX_UNREGISTERED} pieces. Beyond the
 * limit, those that sent only once are removed first, longest ago first, so that a client that
 * invents names does not evict real equipment. Thread-safe.
 */
final class UnregisteredDevices {

  private static final Value NO_TEXT = new Value.Text("");

  /** Longest silent first. */
  private final LinkedHashMap<Name, Met> met = new LinkedHashMap<>(16, 0.75f, true);

  private long news;
  private long signs;

  private record Name(String profile, String address) implements Comparable<Name> {

    /** Keeps hash tables fast even if names were chosen to have the same hash. */
    @Override
    public int compareTo(Name other) {
      int byAddress = address.compareTo(other.address);
      return byAddress != 0 ? byAddress : profile.compareTo(other.profile);
    }
  }

  /**
   * The last event of one piece, with its count and first time. Changed in place, because it
   * changes with each message.
   */
  private static final class Met {
    private Heard last;
    private final Instant since;
    private long count;

    private Met(Heard last) {
      this.last = last;
      this.since = last.at();
    }
  }

  /** What is told of an event. */
  private record Heard(
      DeviceId device,
      Kind kind,
      KindFrom kindFrom,
      EventType type,
      Instant at,
      List<HeardValue> values) {

    static Heard of(UnregisteredDevice device) {
      DeviceEvent event = device.last();
      return new Heard(
          event.device(),
          event.kind(),
          device.kindFrom(),
          event.type(),
          event.takenAt(),
          HeardValue.of(event.values()));
    }
  }

  private record HeardValue(String name, Value value) {

    /** An event may have 128 texts of 1,024 characters; texts are never reported. */
    static List<HeardValue> of(Values values) {
      List<HeardValue> told = new ArrayList<>(UnregisteredEquipment.MAX_VALUES);
      for (Map.Entry<String, Value> each : values.byName().entrySet()) {
        if (told.size() == UnregisteredEquipment.MAX_VALUES) {
          break;
        }
        Value value = each.getValue();
        told.add(new HeardValue(each.getKey(), value instanceof Value.Text ? NO_TEXT : value));
      }
      return told;
    }
  }

  void met(UnregisteredDevice device) {
    if (device.address().length() > Equipment.MAX_ADDRESS
        || device.profile().length() > Equipment.MAX_PROFILE
        || device.address().isBlank()) {
      return;
    }
    met(new Name(device.profile(), device.address()), Heard.of(device));
  }

  private synchronized void met(Name name, Heard heard) {
    Met known = met.get(name);
    signs++;
    if (known == null) {
      makeRoom();
      news++;
      known = new Met(heard);
      met.put(name, known);
    } else if (!known.last.device().equals(heard.device())) {
      news++;
    }
    known.last = heard;
    known.count++;
  }

  private void makeRoom() {
    if (met.size() < EquipmentReport.MAX_UNREGISTERED) {
      return;
    }
    Iterator<Met> oldest = met.values().iterator();
    while (oldest.hasNext()) {
      if (oldest.next().count == 1) {
        oldest.remove();
        return;
      }
    }
    met.pollFirstEntry();
  }

  /** Removes the equipment that the registry names now. */
  synchronized void forgetThoseIn(Named named) {
    boolean some =
        met.entrySet()
            .removeIf(
                entry ->
                    named.at(entry.getKey().profile(), entry.getKey().address()).isPresent()
                        || named.find(entry.getValue().last.device()).isPresent());
    if (some) {
      news++;
    }
  }

  /** Increases with each piece that is added or removed. */
  synchronized long news() {
    return news;
  }

  /** Increases with every message of such equipment. */
  synchronized long signs() {
    return signs;
  }

  /** Most recent first. */
  List<UnregisteredEquipment> all() {
    List<Snapshot> all = new ArrayList<>();
    synchronized (this) {
      for (Map.Entry<Name, Met> each : met.sequencedEntrySet().reversed()) {
        Met one = each.getValue();
        all.add(new Snapshot(each.getKey(), one.last, one.since, one.count));
      }
    }
    return all.stream().map(UnregisteredDevices::equipment).toList();
  }

  private record Snapshot(Name name, Heard last, Instant since, long count) {}

  private static UnregisteredEquipment equipment(Snapshot snapshot) {
    Heard last = snapshot.last();
    return new UnregisteredEquipment(
        last.device(),
        snapshot.name().profile(),
        snapshot.name().address(),
        last.kind(),
        last.kindFrom(),
        last.type(),
        last.values().stream()
            .map(value -> SampleValue.of(value.name(), value.value(), last.kind()))
            .toList(),
        snapshot.since(),
        last.at(),
        snapshot.count());
  }
}
