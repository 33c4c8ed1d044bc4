package org.linli.edge.uplink;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down if a person is needed: a lane halted, the hub refuses this gateway, or the uplink gives no
 * sign of life. An unreachable hub is not a fault of the gateway.
 */
@Component("uplinkHealthIndicator")
class UplinkHealth implements HealthIndicator {

  private final Uplink uplink;

  UplinkHealth(Uplink uplink) {
    this.uplink = uplink;
  }

  @Override
  public Health health() {
    UplinkState state = uplink.state();
    String silence = uplink.silence();
    String problem = silence == null ? state.problem() : silence;
    Health.Builder health =
        problem == null ? Health.up() : Health.down().withDetail("problem", problem);
    String why = uplink.trouble();
    if (problem == null && state.link() == UplinkState.HubLink.AWAY && !why.isEmpty()) {
      health.withDetail("why", why);
    }
    return health.withDetail("hub", state.link()).withDetail("since", state.since()).build();
  }
}
