package org.linli.sims.simulate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.sims.community.Community.Device;
import org.linli.sims.link.MqttVersion;

/**
 * The protocol of each device. Of the small devices, every fourth speaks CoAP, chosen by the seed;
 * all others speak MQTT, about half of them 3.1.1 and half 5, by their id.
 */
final class Wiring {

  private static final int COAP_SHARE = 4;

  private final Set<DeviceId> overCoap;
  private final boolean anyOverMqtt;

  Wiring(List<Device> devices, long seed) {
    List<Device> small =
        new ArrayList<>(devices.stream().filter(device -> device.kind() != Kind.CAMERA).toList());
    Collections.shuffle(small, new Random(seed));
    overCoap = new HashSet<>();
    small.stream()
        .limit((small.size() + COAP_SHARE - 1) / COAP_SHARE)
        .forEach(device -> overCoap.add(device.id()));
    anyOverMqtt = overCoap.size() < devices.size();
  }

  boolean uses(Protocol protocol) {
    return switch (protocol) {
      case MQTT -> anyOverMqtt;
      case COAP -> !overCoap.isEmpty();
    };
  }

  Protocol protocol(DeviceId device) {
    return overCoap.contains(device) ? Protocol.COAP : Protocol.MQTT;
  }

  MqttVersion mqttVersion(DeviceId device) {
    return Math.floorMod(device.value().hashCode(), 2) == 0 ? MqttVersion.V5 : MqttVersion.V3_1_1;
  }
}
