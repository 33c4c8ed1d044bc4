package org.linli.hub.console.rest;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.hub.console.MeantDevices;
import org.linli.hub.console.MeantDevices.Meant;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;

/** Finds the device that a request means. */
@Component
class DeviceKeys {

  private final MeantDevices devices;
  private final Registry registry;

  DeviceKeys(MeantDevices devices, Registry registry) {
    this.devices = devices;
    this.registry = registry;
  }

  /**
   * Returns the device of a path, which need not exist if its community is known.
   *
   * @param community the parameter 'community'
   * @throws RefusedRequestException if there is none, or several communities have one
   */
  DeviceKey ofPath(String id, @Nullable String community) {
    return find(Parameters.pathValue(id, DeviceId::new), Parameters.community(community, registry))
        .orElseThrow(DeviceKeys::unknown);
  }

  /**
   * Returns the device that a filter means; empty if no community has one of this id now.
   *
   * @throws RefusedRequestException if several communities have one
   */
  Optional<DeviceKey> find(DeviceId id, @Nullable CommunityId within) {
    return switch (devices.of(id, within)) {
      case Meant.One(DeviceKey key) -> Optional.of(key);
      case Meant.Nothing() -> Optional.empty();
      case Meant.OfSeveral(_, List<CommunityId> communities) ->
          throw RefusedRequestException.conflict(
              "community",
              "There is a device %s in the communities %s: say which in the parameter 'community'."
                  .formatted(id, Parameters.listed(communities)));
    };
  }

  static RefusedRequestException unknown() {
    return RefusedRequestException.notFound("This device is not registered, and was never heard.");
  }
}
