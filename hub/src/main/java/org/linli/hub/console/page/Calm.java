package org.linli.hub.console.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.hub.liveness.DevicePresence;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.GatewayStatus;

/**
 * What the console says while there is no alert. It says that all is well only if everything can be
 * heard, because a silent device raises no alert either.
 *
 * @param heading the message above it
 * @param facts what is known, most important first
 * @param advice the message that says what to do; null for nothing
 */
public record Calm(String heading, List<Fact> facts, @Nullable String advice) {

  /**
   * One thing that is known.
   *
   * @param key the message that says it, with the numbers in it
   */
  public record Fact(String key, long number, long of) {}

  /** Returns whether all is well. */
  public boolean sure() {
    return advice == null;
  }

  static Calm of(List<DeviceStatus> devices, List<GatewayStatus> gateways) {
    if (devices.isEmpty()) {
      return new Calm("calm.empty", List.of(), "calm.empty.advice");
    }
    long away = gateways.stream().filter(gateway -> !gateway.connected()).count();
    long troubled =
        gateways.stream().filter(gateway -> gateway.connected() && !gateway.isWell()).count();
    long offline = count(devices, DevicePresence.OFFLINE);
    long unknown = count(devices, DevicePresence.UNKNOWN);
    if (away + troubled + offline + unknown == 0) {
      return new Calm(
          "alerts.none", List.of(new Fact("calm.all", devices.size(), devices.size())), null);
    }
    List<Fact> facts = new ArrayList<>();
    add("calm.gateways", away, gateways.size(), facts);
    add("calm.troubled", troubled, gateways.size(), facts);
    add("calm.offline", offline, devices.size(), facts);
    add("calm.unknown", unknown, devices.size(), facts);
    return new Calm(
        unknown == devices.size() ? "calm.silent" : "calm.unsure", facts, "calm.advice");
  }

  private static void add(String key, long number, long of, List<Fact> facts) {
    if (number > 0) {
      facts.add(new Fact(key, number, of));
    }
  }

  private static long count(List<DeviceStatus> devices, DevicePresence presence) {
    return devices.stream().filter(device -> device.presence() == presence).count();
  }
}
