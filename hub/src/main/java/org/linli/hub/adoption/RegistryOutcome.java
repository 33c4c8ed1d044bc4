package org.linli.hub.adoption;

import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;

/** The outcome of a change to the registry. */
public sealed interface RegistryOutcome {

  /** The change is durable and valid. */
  record Done(CommunityId community, Device device) implements RegistryOutcome {

    /** Returns what the device is called in the hub. */
    public DeviceKey key() {
      return new DeviceKey(community, device.id());
    }
  }

  /** Nothing has this id. */
  record NotFound(String why) implements RegistryOutcome {}

  /** Existing data prevents the change. */
  record Conflict(@Nullable String field, String why) implements RegistryOutcome {}

  /** A field is missing or wrong. */
  record Refused(String field, String why) implements RegistryOutcome {}

  /** The person is not permitted to do this. */
  record NotAllowed(String field, String why) implements RegistryOutcome {}
}
