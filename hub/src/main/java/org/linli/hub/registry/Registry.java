package org.linli.hub.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * The communities of the hub. Gateway ids are unique here; all other ids are unique in their
 * community, which is found by the gateway (docs/decisions/0065). Safe for any thread.
 */
public final class Registry {

  private final Map<CommunityId, CommunityRegistry> communities;
  private final Map<GatewayId, CommunityRegistry> byGateway;
  private final List<Gateway> gateways;
  private volatile long version = 1;

  /**
   * @param plans at least one
   * @throws IllegalArgumentException if two have the same id, or the same gateway
   */
  public Registry(List<CommunityPlan> plans) {
    if (plans.isEmpty()) {
      throw new IllegalArgumentException("a hub has at least one community");
    }
    Map<CommunityId, CommunityRegistry> all = new LinkedHashMap<>();
    Map<GatewayId, CommunityRegistry> ofGateways = new HashMap<>();
    for (CommunityPlan plan : plans) {
      CommunityRegistry community = new CommunityRegistry(plan);
      if (all.put(community.id(), community) != null) {
        throw new IllegalArgumentException("two communities have the id " + community.id());
      }
      for (Gateway gateway : plan.gateways()) {
        CommunityRegistry other = ofGateways.put(gateway.id(), community);
        if (other != null) {
          throw new IllegalArgumentException(
              "gateway %s is in the communities %s and %s"
                  .formatted(gateway.id(), other.id(), community.id()));
        }
      }
    }
    this.communities = Collections.unmodifiableMap(all);
    this.byGateway = Collections.unmodifiableMap(ofGateways);
    this.gateways = plans.stream().flatMap(plan -> plan.gateways().stream()).toList();
  }

  public List<CommunityRegistry> communities() {
    return List.copyOf(communities.values());
  }

  /**
   * @throws IllegalArgumentException if there is none of this id
   */
  public CommunityRegistry of(CommunityId id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("there is no community " + id));
  }

  /** Returns the community of this id; empty if no file has it any more. */
  public Optional<CommunityRegistry> find(CommunityId id) {
    return Optional.ofNullable(communities.get(id));
  }

  /** Returns the community of a hub that has one; empty for a hub with several. */
  public Optional<CommunityRegistry> findOnly() {
    return communities.size() == 1
        ? Optional.of(communities.values().iterator().next())
        : Optional.empty();
  }

  /**
   * Returns the community of a gateway. The only community has every gateway, also one that its
   * file no longer names. Otherwise a gateway that no file names has none.
   */
  public Optional<CommunityId> communityOf(GatewayId gateway) {
    return at(gateway).map(CommunityRegistry::id);
  }

  /** As {@link #communityOf}, with its content. */
  public Optional<CommunityRegistry> at(GatewayId gateway) {
    return Optional.ofNullable(byGateway.get(gateway)).or(this::findOnly);
  }

  public List<Gateway> gateways() {
    return gateways;
  }

  public Optional<Gateway> findGateway(GatewayId id) {
    return Optional.ofNullable(byGateway.get(id)).flatMap(community -> community.findGateway(id));
  }

  /** Returns whether a community file names this gateway; an unknown gateway is refused. */
  public boolean isKnownGateway(GatewayId id) {
    return byGateway.containsKey(id);
  }

  /**
   * Replaces the adopted devices, in their order, and the hardware of all devices. Those of a
   * community that no file has any more are left out.
   */
  public synchronized void use(
      SequencedMap<DeviceKey, Device> adopted, Map<DeviceKey, Equipment> equipment) {
    Map<CommunityId, List<Device>> adoptedIn = new HashMap<>();
    adopted.forEach(
        (key, device) ->
            adoptedIn.computeIfAbsent(key.community(), _ -> new ArrayList<>()).add(device));
    Map<CommunityId, Map<DeviceId, Equipment>> equipmentIn = new HashMap<>();
    equipment.forEach(
        (key, hardware) ->
            equipmentIn
                .computeIfAbsent(key.community(), _ -> new TreeMap<>())
                .put(key.device(), hardware));
    communities.forEach(
        (id, community) ->
            community.use(
                adoptedIn.getOrDefault(id, List.of()), equipmentIn.getOrDefault(id, Map.of())));
    // Last: who has read the new version has the new devices.
    version = version + 1;
  }

  /** Returns a number that differs whenever the registered devices may have changed. */
  public long version() {
    return version;
  }

  /** Returns how many devices are registered in all communities. */
  public int devices() {
    return communities.values().stream().mapToInt(community -> community.devices().size()).sum();
  }

  /** Returns the registered device that is meant by this id in its community. */
  public Optional<Device> findDevice(DeviceKey key) {
    return find(key.community()).flatMap(community -> community.findDevice(key.device()));
  }

  /** Returns the registered device that a gateway means by this id ({@link CommunityRegistry}). */
  public Optional<Device> findDevice(GatewayId gateway, DeviceId device) {
    return at(gateway).flatMap(community -> community.findDevice(device));
  }

  /** Returns every registered device that is meant by this id, in the order of the communities. */
  public List<DeviceKey> findRegistered(DeviceId id) {
    return communities.values().stream()
        .flatMap(
            community ->
                community.findDevice(id).stream()
                    .map(device -> new DeviceKey(community.id(), device.id())))
        .toList();
  }
}
