package org.linli.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registry as the hub sends it to one gateway.
 *
 * @param content what the registry says; null when only the version is sent
 */
public record GatewayRegistry(
    GatewayId gateway, RegistryVersion version, @Nullable RegistryContent content) {

  /** What the registry says; empty when only the version is sent. */
  public Optional<RegistryContent> given() {
    return Optional.ofNullable(content);
  }

  /** The same version without the content. */
  public GatewayRegistry versionAlone() {
    return new GatewayRegistry(gateway, version, null);
  }
}
