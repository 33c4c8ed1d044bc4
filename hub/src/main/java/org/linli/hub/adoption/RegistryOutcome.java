package org.linli.hub.adoption;

import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.Device;

/** The outcome of a change to the registry. */
public sealed interface RegistryOutcome {

  /** The change is durable and valid. */
  record Done(Device device) implements RegistryOutcome {}

  /** Nothing has this id. */
  record NotFound(String why) implements RegistryOutcome {}

  /** Existing data prevents the change. */
  record Conflict(@Nullable String field, String why) implements RegistryOutcome {}

  /** A field is missing or wrong. */
  record Refused(String field, String why) implements RegistryOutcome {}

  /** The person is not permitted to do this. */
  record NotAllowed(String field, String why) implements RegistryOutcome {}
}
