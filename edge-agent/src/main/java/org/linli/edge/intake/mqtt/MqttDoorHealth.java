package org.linli.edge.intake.mqtt;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import org.linli.edge.intake.Crowding;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Component {@code mqttDoor} of the health page, which is up. {@code degraded} says for ten minutes
 * that clients were evicted because all places were in use. The class also provides the door's
 * metrics.
 */
@Component("mqttDoorHealthIndicator")
final class MqttDoorHealth implements HealthIndicator, MeterBinder, Crowding {

  private final MqttDoor door;

  MqttDoorHealth(MqttDoor door) {
    this.door = door;
  }

  @Override
  public Health health() {
    Places places = door.connected().places();
    Health.Builder health =
        Health.up()
            .withDetail("connections", door.connected().number())
            .withDetail("places", places.most());
    lately()
        .ifPresent(
            crowd ->
                health.withDetail(
                    "degraded",
                    "All %d places of MQTT devices were taken (linli.mqtt.max-connections): %s put out since the start. See the log for the address that has most"
                        .formatted(crowd.places(), clients(crowd.putOut()))));
    return health.build();
  }

  private static String clients(long putOut) {
    return putOut == 1
        ? "one client that had published nothing for the longest was"
        : putOut + " clients that had published nothing for the longest were";
  }

  @Override
  public Optional<Crowd> lately() {
    Places places = door.connected().places();
    return places.crowdedSince().map(since -> new Crowd(places.most(), places.putOut(), since));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("linli.mqtt.connections", door, it -> it.connected().number())
        .description("MQTT clients that are in")
        .register(registry);
    FunctionCounter.builder("linli.mqtt.put.out", door, it -> it.connected().places().putOut())
        .description("MQTT clients that were put out for others, as all places were taken")
        .register(registry);
  }
}
