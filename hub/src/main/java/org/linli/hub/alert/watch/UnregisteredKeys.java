package org.linli.hub.alert.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linli.event.GatewayId;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.linli.rules.DefaultRules;
import org.linli.rules.RuleState;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Bounds what rules remember of unregistered devices. A client that reaches a gateway can invent
 * any number of devices, so there are limits for each gateway and rule: a number of alerts that are
 * open or may become due, and a number of devices of which only the newest event is remembered. The
 * oldest of the latter are forgotten for newer ones. Registered devices are not counted and never
 * refused.
 *
 * <p>Used within a writing transaction only.
 */
@Component
public final class UnregisteredKeys {

  /** The limit for one gateway and rule, if the heap is large enough. */
  static final int MOST_ALERTS = 50;

  private static final int LEAST_ALERTS = 10;

  /** An alert with the most that it can carry. */
  private static final int BYTES_OF_ALERT = 8 << 10;

  /** For all unregistered devices together. */
  private static final int SHARE_OF_HEAP = 32;

  private static final int RULES = DefaultRules.all().size();

  /** How many devices that cannot lead to an alert are remembered for each that can. */
  private static final int QUIET_FOR_EACH = 10;

  private final Registry registry;
  private final long heap;
  private final Map<Group, Members> groups = new HashMap<>();
  private final Map<AlertKey, Group> groupOf = new HashMap<>();
  private long version;

  /** The keys that share a limit. */
  private record Group(GatewayId gateway, String key) implements Comparable<Group> {

    /** Also keeps hash tables of these fast if names were chosen to have equal hash codes. */
    @Override
    public int compareTo(Group other) {
      int byGateway = gateway.compareTo(other.gateway);
      return byGateway != 0 ? byGateway : key.compareTo(other.key);
    }
  }

  private record Members(Set<AlertKey> alerting, Set<AlertKey> quietOldestFirst) {

    Members() {
      this(new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    void remove(AlertKey alertKey) {
      alerting.remove(alertKey);
      quietOldestFirst.remove(alertKey);
    }
  }

  @Autowired
  public UnregisteredKeys(Registry registry) {
    this(registry, Runtime.getRuntime().maxMemory());
  }

  UnregisteredKeys(Registry registry, long heap) {
    this.registry = registry;
    this.heap = heap;
  }

  /** Returns how many devices of one gateway and rule can lead to an alert. */
  public int most() {
    long limits = (long) Math.max(1, registry.gateways().size()) * RULES;
    return (int)
        Math.clamp(heap / SHARE_OF_HEAP / BYTES_OF_ALERT / limits, LEAST_ALERTS, MOST_ALERTS);
  }

  public boolean isUnregistered(DeviceKey device) {
    return registry.findDevice(device).isEmpty();
  }

  /** Returns whether the registry is the same as when everything was read. */
  public boolean isCurrent() {
    return registry.version() == version;
  }

  /**
   * Discards the state and fills it from {@code all}.
   *
   * @return the keys to be forgotten
   */
  public List<AlertKey> read(Map<AlertKey, Watched> all) {
    groups.clear();
    groupOf.clear();
    version = registry.version();
    List<AlertKey> gone = new ArrayList<>();
    all.forEach((alertKey, watched) -> gone.addAll(put(alertKey, watched)));
    return gone;
  }

  /** Returns whether there is room for what a rule is to remember next. */
  public boolean hasRoom(AlertKey alertKey, Watched next) {
    if (isQuiet(next) || isRegistered(alertKey)) {
      return true;
    }
    Members members = groups.get(group(alertKey, next));
    return members == null
        || members.alerting().contains(alertKey)
        || members.alerting().size() < most();
  }

  /**
   * Notes what a rule remembers from now on.
   *
   * @return the keys to be forgotten for it
   */
  public List<AlertKey> put(AlertKey alertKey, Watched next) {
    if (isRegistered(alertKey)) {
      return List.of();
    }
    Group group = group(alertKey, next);
    Group before = groupOf.put(alertKey, group);
    if (before != null) {
      Members left = groups.getOrDefault(before, new Members());
      left.remove(alertKey);
    }
    Members members = groups.computeIfAbsent(group, _ -> new Members());
    if (!isQuiet(next)) {
      members.alerting().add(alertKey);
      return List.of();
    }
    members.quietOldestFirst().add(alertKey);
    return tooMany(members);
  }

  private List<AlertKey> tooMany(Members members) {
    List<AlertKey> gone = new ArrayList<>();
    while (members.quietOldestFirst().size() > most() * QUIET_FOR_EACH) {
      AlertKey oldest = members.quietOldestFirst().iterator().next();
      members.quietOldestFirst().remove(oldest);
      groupOf.remove(oldest);
      gone.add(oldest);
    }
    return gone;
  }

  private static Group group(AlertKey alertKey, Watched watched) {
    return new Group(watched.gateway(), alertKey.key());
  }

  private static boolean isQuiet(Watched watched) {
    return watched.watch() instanceof RuleState.Quiet;
  }

  private boolean isRegistered(AlertKey alertKey) {
    DeviceKey device = alertKey.device();
    return device != null && !isUnregistered(device);
  }
}
