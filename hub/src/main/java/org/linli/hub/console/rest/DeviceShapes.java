package org.linli.hub.console.rest;

import org.linli.hub.adoption.GatewayRegistries;
import org.linli.hub.adoption.Unregistered;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.GatewayStatus;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;

/** Combines what several parts of the hub know about a device or a gateway. */
@Component
public class DeviceShapes {

  private final Registry registry;
  private final Unregistered unregistered;
  private final GatewayRegistries registries;

  DeviceShapes(Registry registry, Unregistered unregistered, GatewayRegistries registries) {
    this.registry = registry;
    this.unregistered = unregistered;
    this.registries = registries;
  }

  public DeviceShape of(DeviceStatus status) {
    return DeviceShape.of(
        status,
        registry,
        status.unassigned() ? unregistered.find(status.key()).orElse(null) : null);
  }

  public GatewayShape of(GatewayStatus status) {
    return GatewayShape.of(status, registry, registries.at(status.gateway()));
  }
}
