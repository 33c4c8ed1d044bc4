package org.linli.hub.adoption;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.event.UnregisteredEquipment;
import org.linli.hub.records.Storable;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Equipment that gateways hear and that is not registered, as they reported it: at most {@value
 * #MOST} of each gateway, those heard last. It is kept in the records, because a gateway forgets it
 * when it restarts. Queries are safe for any thread and read only memory.
 */
@Component
public class Unregistered {

  static final int MOST = 500;

  private static final Comparator<HeardEquipment> SILENT_FIRST =
      Comparator.comparing(heard -> heard.equipment().lastHeard());

  private final Registry registry;
  private final UnregisteredRecords records;
  private final TransactionTemplate transaction;
  private final Map<Name, HeardEquipment> all = new ConcurrentHashMap<>();
  private final Map<DeviceKey, Set<Name>> byDevice = new ConcurrentHashMap<>();
  private final Map<GatewayId, Set<Name>> atGateway = new ConcurrentHashMap<>();

  private record Name(GatewayId gateway, String profile, String address)
      implements Comparable<Name> {

    /** Also keeps hash tables of these fast if names were chosen to have equal hash codes. */
    @Override
    public int compareTo(Name other) {
      int byAddress = address.compareTo(other.address);
      int byProfile = byAddress != 0 ? byAddress : profile.compareTo(other.profile);
      return byProfile != 0 ? byProfile : gateway.compareTo(other.gateway);
    }

    static Name of(HeardEquipment heard) {
      return new Name(heard.gateway(), heard.equipment().profile(), heard.equipment().address());
    }
  }

  Unregistered(Registry registry, UnregisteredRecords records, TransactionTemplate transaction) {
    this.registry = registry;
    this.records = records;
    this.transaction = transaction;
    // What a gateway heard that moved to another community since belongs to neither.
    records.all().stream()
        .filter(
            heard -> registry.communityOf(heard.gateway()).equals(Optional.of(heard.community())))
        .forEach(this::keep);
  }

  private void keep(HeardEquipment heard) {
    Name name = Name.of(heard);
    HeardEquipment before = all.put(name, heard);
    DeviceKey device = heard.device();
    if (before != null && !before.device().equals(device)) {
      remove(byDevice, before.device(), name);
    }
    byDevice.computeIfAbsent(device, _ -> ConcurrentHashMap.newKeySet()).add(name);
    atGateway.computeIfAbsent(heard.gateway(), _ -> ConcurrentHashMap.newKeySet()).add(name);
  }

  private void forget(HeardEquipment heard) {
    Name name = Name.of(heard);
    HeardEquipment before = all.remove(name);
    if (before != null) {
      remove(byDevice, before.device(), name);
      remove(atGateway, name.gateway(), name);
    }
  }

  private static <K> void remove(Map<K, Set<Name>> from, K key, Name name) {
    from.computeIfPresent(
        key,
        (_, names) -> {
          names.remove(name);
          return names.isEmpty() ? null : names;
        });
  }

  /** Takes a gateway's present report. */
  void told(GatewayId gateway, List<UnregisteredEquipment> report) {
    registry.communityOf(gateway).ifPresent(community -> told(community, gateway, report));
  }

  private synchronized void told(
      CommunityId community, GatewayId gateway, List<UnregisteredEquipment> report) {
    Map<Name, HeardEquipment> news = new LinkedHashMap<>();
    for (UnregisteredEquipment each : report) {
      HeardEquipment heard = new HeardEquipment(community, gateway, storable(each));
      Name name = Name.of(heard);
      if (!isRegistered(heard) && !heard.equals(all.get(name))) {
        news.put(name, heard);
      }
    }
    List<HeardEquipment> tooMany = tooMany(gateway, news);
    if (!news.isEmpty() || !tooMany.isEmpty()) {
      transaction.executeWithoutResult(
          _ -> {
            records.save(List.copyOf(news.values()));
            records.delete(tooMany);
          });
      news.values().forEach(this::keep);
      tooMany.forEach(this::forget);
    }
  }

  /** Its name is a key of the records, and has to be in memory what it is there. */
  private static UnregisteredEquipment storable(UnregisteredEquipment told) {
    return Storable.is(told.profile()) && Storable.is(told.address())
        ? told
        : new UnregisteredEquipment(
            told.device(),
            Storable.of(told.profile()),
            Storable.of(told.address()),
            told.kind(),
            told.kindFrom(),
            told.type(),
            told.sample(),
            told.firstHeard(),
            told.lastHeard(),
            told.count());
  }

  private boolean isRegistered(HeardEquipment heard) {
    UnregisteredEquipment equipment = heard.equipment();
    return registry
        .find(heard.community())
        .filter(
            community ->
                community.findDevice(equipment.device()).isPresent()
                    || community
                        .findEquipment(heard.gateway(), equipment.profile(), equipment.address())
                        .isPresent())
        .isPresent();
  }

  private List<HeardEquipment> tooMany(GatewayId gateway, Map<Name, HeardEquipment> news) {
    Map<Name, HeardEquipment> together = new LinkedHashMap<>();
    for (Name name : atGateway.getOrDefault(gateway, Set.of())) {
      together.put(name, Objects.requireNonNull(all.get(name)));
    }
    together.putAll(news);
    List<HeardEquipment> silentFirst = new ArrayList<>(together.values());
    silentFirst.sort(SILENT_FIRST);
    return List.copyOf(silentFirst.subList(0, Math.max(0, silentFirst.size() - MOST)));
  }

  /** Forgets the equipment that is registered now. */
  synchronized void forgetRegistered() {
    List<HeardEquipment> registered = all.values().stream().filter(this::isRegistered).toList();
    if (!registered.isEmpty()) {
      transaction.executeWithoutResult(_ -> records.delete(registered));
      registered.forEach(this::forget);
    }
  }

  /**
   * Returns what is heard under this unassigned device's id; if there are several, the one heard
   * last.
   */
  public Optional<HeardEquipment> find(DeviceKey device) {
    return byDevice.getOrDefault(device, Set.of()).stream()
        .map(all::get)
        .filter(Objects::nonNull)
        .filter(heard -> heard.device().equals(device))
        .max(SILENT_FIRST);
  }

  /** Returns all, those heard last first. */
  public List<HeardEquipment> all() {
    return all.values().stream().sorted(SILENT_FIRST.reversed()).toList();
  }
}
