package org.linli.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the hub tells a gateway of the registry.
 *
 * @param content what it says; null where only the version is told
 */
public record GatewayRegistry(
    GatewayId gateway, RegistryVersion version, @Nullable RegistryContent content) {

  /** What it says; empty where only the version is told. */
  public Optional<RegistryContent> given() {
    return Optional.ofNullable(content);
  }

  /** The same without the content. */
  public GatewayRegistry versionAlone() {
    return new GatewayRegistry(gateway, version, null);
  }
}
