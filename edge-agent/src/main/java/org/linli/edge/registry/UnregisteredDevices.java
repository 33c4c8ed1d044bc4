package org.linli.edge.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.edge.profile.UnregisteredDevice;
import org.linli.event.DeviceEvent;
import org.linli.event.EquipmentReport;
import org.linli.event.RegisteredDevice.Equipment;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
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
    private UnregisteredDevice device;
    private final Instant since;
    private long count;

    private Met(UnregisteredDevice device) {
      this.device = device;
      this.since = device.last().takenAt();
    }
  }

  synchronized void met(UnregisteredDevice device) {
    if (device.address().length() > Equipment.MAX_ADDRESS
        || device.profile().length() > Equipment.MAX_PROFILE
        || device.address().isBlank()) {
      return;
    }
    Name name = new Name(device.profile(), device.address());
    Met known = met.get(name);
    UnregisteredDevice kept = withoutWhatIsNotTold(device);
    signs++;
    if (known == null) {
      makeRoom();
      news++;
      known = new Met(kept);
      met.put(name, known);
    } else if (!known.device.last().device().equals(kept.last().device())) {
      news++;
    }
    known.device = kept;
    known.count++;
  }

  /** An event may have 128 texts of 1,024 characters; texts are never reported. */
  private static UnregisteredDevice withoutWhatIsNotTold(UnregisteredDevice device) {
    DeviceEvent event = device.last();
    Map<String, Value> values = event.values().byName();
    if (values.size() <= UnregisteredEquipment.MAX_VALUES && !hasText(values)) {
      return device;
    }
    Map<String, Value> told = new LinkedHashMap<>();
    for (Map.Entry<String, Value> value : values.entrySet()) {
      if (told.size() == UnregisteredEquipment.MAX_VALUES) {
        break;
      }
      told.put(value.getKey(), value.getValue() instanceof Value.Text ? NO_TEXT : value.getValue());
    }
    return new UnregisteredDevice(
        device.profile(),
        device.address(),
        device.kindFrom(),
        new DeviceEvent(
            event.device(),
            event.kind(),
            event.type(),
            null,
            event.time(),
            null,
            event.takenAt(),
            new Values(told)));
  }

  private static boolean hasText(Map<String, Value> values) {
    for (Value value : values.values()) {
      if (value instanceof Value.Text) {
        return true;
      }
    }
    return false;
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
                        || named.find(entry.getValue().device.last().device()).isPresent());
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
      met.sequencedValues()
          .reversed()
          .forEach(one -> all.add(new Snapshot(one.device, one.since, one.count)));
    }
    return all.stream().map(UnregisteredDevices::equipment).toList();
  }

  private record Snapshot(UnregisteredDevice device, Instant since, long count) {}

  private static UnregisteredEquipment equipment(Snapshot snapshot) {
    UnregisteredDevice device = snapshot.device();
    DeviceEvent last = device.last();
    return new UnregisteredEquipment(
        last.device(),
        device.profile(),
        device.address(),
        last.kind(),
        device.kindFrom(),
        last.type(),
        last.values().byName().entrySet().stream()
            .limit(UnregisteredEquipment.MAX_VALUES)
            .map(value -> SampleValue.of(value.getKey(), value.getValue(), last.kind()))
            .toList(),
        snapshot.since(),
        last.takenAt(),
        snapshot.count());
  }
}
