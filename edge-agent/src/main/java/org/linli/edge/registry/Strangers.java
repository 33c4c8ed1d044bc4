package org.linli.edge.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.edge.profile.Stranger;
import org.linli.event.DeviceEvent;
import org.linli.event.EquipmentReport;
import org.linli.event.RegisteredDevice.Equipment;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * Equipment that is no device of the registry: at most {@value EquipmentReport#MAX_UNREGISTERED}.
 * Past that the one that was heard only once goes first, longest ago first, so that somebody who
 * invents names does not push out what is there.
 */
final class Strangers {

  private static final Value NO_TEXT = new Value.Text("");

  /** Longest silent first. */
  private final LinkedHashMap<Name, Met> met = new LinkedHashMap<>();

  private long news;
  private long signs;

  private record Name(String profile, String address) implements Comparable<Name> {

    /** Also what keeps tables of these fast where names were made to have the same hash. */
    @Override
    public int compareTo(Name other) {
      int byAddress = address.compareTo(other.address);
      return byAddress != 0 ? byAddress : profile.compareTo(other.profile);
    }
  }

  /** What was heard of one, and how often since when. */
  private record Met(Stranger stranger, Instant since, long count) {}

  synchronized void met(Stranger stranger) {
    if (stranger.address().length() > Equipment.MAX_ADDRESS
        || stranger.profile().length() > Equipment.MAX_PROFILE
        || stranger.address().isBlank()) {
      return;
    }
    Name name = new Name(stranger.profile(), stranger.address());
    Met before = met.remove(name);
    DeviceEvent last = withoutWhatIsNotTold(stranger.last());
    Stranger kept = new Stranger(stranger.profile(), stranger.address(), stranger.kindFrom(), last);
    signs++;
    if (before == null) {
      makeRoom();
      news++;
      met.put(name, new Met(kept, last.takenAt(), 1));
    } else {
      DeviceEvent earlier = before.stranger().last();
      if (!earlier.device().equals(last.device())) {
        news++;
      }
      met.put(name, new Met(kept, before.since(), before.count() + 1));
    }
  }

  /** An event may hold 128 texts of 1,024 characters; what a text says is never told. */
  private static DeviceEvent withoutWhatIsNotTold(DeviceEvent event) {
    Map<String, Value> values = event.values().byName();
    if (values.size() <= UnregisteredEquipment.MAX_VALUES
        && values.values().stream().noneMatch(Value.Text.class::isInstance)) {
      return event;
    }
    Map<String, Value> told = new LinkedHashMap<>();
    for (Map.Entry<String, Value> value : values.entrySet()) {
      if (told.size() == UnregisteredEquipment.MAX_VALUES) {
        break;
      }
      told.put(value.getKey(), value.getValue() instanceof Value.Text ? NO_TEXT : value.getValue());
    }
    return new DeviceEvent(
        event.device(),
        event.kind(),
        event.type(),
        null,
        event.time(),
        null,
        event.takenAt(),
        new Values(told));
  }

  private void makeRoom() {
    if (met.size() < EquipmentReport.MAX_UNREGISTERED) {
      return;
    }
    Iterator<Met> oldest = met.values().iterator();
    while (oldest.hasNext()) {
      if (oldest.next().count() == 1) {
        oldest.remove();
        return;
      }
    }
    met.pollFirstEntry();
  }

  /** Forgets those that the registry names now. */
  synchronized void forgetThoseIn(Named named) {
    boolean some =
        met.entrySet()
            .removeIf(
                entry ->
                    named.at(entry.getKey().profile(), entry.getKey().address()).isPresent()
                        || named.find(entry.getValue().stranger().last().device()).isPresent());
    if (some) {
      news++;
    }
  }

  /** Grows with each one that comes or goes. */
  synchronized long news() {
    return news;
  }

  /** Grows with everything that they say. */
  synchronized long signs() {
    return signs;
  }

  /** Those heard last first. */
  List<UnregisteredEquipment> all() {
    List<Map.Entry<Name, Met>> all;
    synchronized (this) {
      all = new ArrayList<>(met.entrySet()).reversed();
    }
    return all.stream().map(entry -> told(entry.getKey(), entry.getValue())).toList();
  }

  private static UnregisteredEquipment told(Name name, Met met) {
    DeviceEvent last = met.stranger().last();
    return new UnregisteredEquipment(
        last.device(),
        name.profile(),
        name.address(),
        last.kind(),
        met.stranger().kindFrom(),
        last.type(),
        last.values().byName().entrySet().stream()
            .limit(UnregisteredEquipment.MAX_VALUES)
            .map(value -> SampleValue.of(value.getKey(), value.getValue(), last.kind()))
            .toList(),
        met.since(),
        last.takenAt(),
        met.count());
  }
}
