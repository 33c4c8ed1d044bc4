package org.linli.edge.registry;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while the newest registry from the hub cannot be used. */
@Component("registryHealthIndicator")
class RegistryHealth implements HealthIndicator {

  private final Registry registry;

  RegistryHealth(Registry registry) {
    this.registry = registry;
  }

  @Override
  public Health health() {
    Health.Builder health =
        registry
            .problem()
            .map(problem -> Health.down().withDetail("problem", problem))
            .orElseGet(Health::up);
    return health
        .withDetail("version", registry.version().map(Object::toString).orElse("none"))
        .withDetail("devices", registry.size())
        .build();
  }
}
