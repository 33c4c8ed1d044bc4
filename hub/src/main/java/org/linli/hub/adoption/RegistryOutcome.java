package org.linli.hub.adoption;

import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.Device;

/** What came of changing the registry. */
public sealed interface RegistryOutcome {

  /** It is durable, and holds. */
  record Done(Device device) implements RegistryOutcome {}

  /** There is nothing of this id. */
  record NotFound(String why) implements RegistryOutcome {}

  /** What is there already stands against it. */
  record Conflict(@Nullable String field, String why) implements RegistryOutcome {}

  /** A field is missing or wrong. */
  record Refused(String field, String why) implements RegistryOutcome {}

  /** This person may not. */
  record NotAllowed(String field, String why) implements RegistryOutcome {}
}
