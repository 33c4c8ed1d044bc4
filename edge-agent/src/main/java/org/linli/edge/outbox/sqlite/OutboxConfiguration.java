package org.linli.edge.outbox.sqlite;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.command.Commands;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.GivenUp;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.OutboxState;
import org.linli.edge.outbox.RefusedNewDevices;
import org.linli.edge.outbox.SaidOffline;
import org.linli.edge.outbox.sqlite.Reserve.UsableSpace;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.StatesOnDisk;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;
import org.linli.program.thread.LivingThreads;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the outbox of this gateway's data folder and reports its health. */
@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

  @Bean
  SqliteOutbox outbox(
      AgentSettings gateway,
      OutboxSettings settings,
      Clock clock,
      LivingThreads threads,
      ObjectProvider<KnownDevices> registry,
      ObjectProvider<CommitGate> gate,
      ObjectProvider<UsableSpace> space) {
    return SqliteOutbox.open(
        gateway.data(),
        gateway.gatewayId(),
        settings,
        clock,
        threads,
        gate.getIfAvailable(() -> CommitGate.OPEN),
        registry.getIfAvailable(() -> KnownDevices.NONE),
        space.getIfAvailable(RecentSpace::ofTheDisk));
  }

  @Bean
  DeviceSessions deviceSessions(SqliteOutbox outbox) {
    return outbox.sessions();
  }

  @Bean
  Commands commands(SqliteOutbox outbox) {
    return outbox.commands();
  }

  @Bean
  SaidOffline saidOffline(SqliteOutbox outbox) {
    return outbox.saidOffline();
  }

  @Bean
  StatesOnDisk statesOnDisk(SqliteOutbox outbox) {
    return outbox.states();
  }

  /**
   * Component {@code outbox} of the health page: down, with the reason, while the disk refuses, and
   * while the writer gives no sign of life; up, but degraded, while it gives events up.
   */
  @Bean
  HealthIndicator outboxHealthIndicator(SqliteOutbox outbox) {
    return () -> health(outbox);
  }

  static Health health(SqliteOutbox outbox) {
    String silence = outbox.silence();
    return silence == null
        ? health(
            outbox.state(),
            outbox.knowsFreeSpace(),
            outbox.troubles().get(GatewayTrouble.DISK_FULL),
            outbox.givenUpLately(),
            outbox.refusedNewDevices())
        : Health.down().withDetail("why", silence).build();
  }

  /**
   * @param diskFullSince since when the disk is too full for the reserve; null if it is not
   */
  private static Health health(
      OutboxState state,
      boolean knowsFreeSpace,
      @Nullable Instant diskFullSince,
      Optional<GivenUp> givenUp,
      RefusedNewDevices newDevices) {
    return switch (state) {
      case OutboxState.Working() when diskFullSince != null ->
          Health.up()
              .withDetail("since", diskFullSince.toString())
              .withDetail(
                  "degraded",
                  "The disk is full, and the outbox goes on without its reserve"
                      + " (linli.outbox.reserve): where room runs out it gives up the oldest events"
                      + " for new ones. Free some space on the disk")
              .build();
      case OutboxState.Working() when givenUp.isPresent() ->
          Health.up()
              .withDetail("since", givenUp.get().since().toString())
              .withDetail(
                  "degraded",
                  ("%d events that waited for the hub were given up and are lost, the last at %s:"
                       + " there was no room within the quota (linli.outbox.quota) or on the disk,"
                       + " or they had waited for longer than linli.outbox.max-age. Bring the hub"
                       + " back, or raise the quota")
                      .formatted(givenUp.get().events(), givenUp.get().lastAt()))
              .build();
      case OutboxState.Working() when !knowsFreeSpace ->
          Health.up()
              .withDetail(
                  "degraded",
                  "The disk does not say how much of it is free: only linli.outbox.quota limits"
                      + " the outbox")
              .build();
      case OutboxState.Working() when newDevices.since() != null ->
          Health.up().withDetail("degraded", sentence(newDevices)).build();
      case OutboxState.Working() -> Health.up().build();
      case OutboxState.Refusing refusing ->
          Health.down()
              .withDetail("since", refusing.since().toString())
              .withDetail("why", refusing.why())
              .build();
    };
  }

  private static String sentence(RefusedNewDevices newDevices) {
    return "The gateway remembers %d devices that nobody registered, and events of each wait for the hub: %s refused since %s. Register the devices that are real, or raise linli.outbox.quota"
        .formatted(
            newDevices.remembered(),
            newDevices.sinceThen() == 1
                ? "one message of another was"
                : newDevices.sinceThen() + " messages of others were",
            newDevices.since());
  }

  @Bean
  MeterBinder outboxMeters(SqliteOutbox outbox) {
    return registry -> {
      for (Lane lane : Lane.values()) {
        Gauge.builder("linli.outbox.queued", outbox, it -> it.queued(lane))
            .description("Events that wait for the hub's receipt")
            .tag("lane", lane.wireName())
            .register(registry);
      }
      FunctionCounter.builder(
              "linli.outbox.devices.forgotten", outbox, it -> it.forgotten().devices())
          .description("Devices that nobody registered and that were forgotten for want of room")
          .register(registry);
      FunctionCounter.builder(
              "linli.outbox.devices.refused", outbox, it -> it.refusedNewDevices().messages())
          .description(
              "Messages of new devices that nobody registered and for which there was no room")
          .register(registry);
      Gauge.builder("linli.outbox.dead.letters", outbox, it -> it.deadLetterCount().kept())
          .description("Messages that could not be read and are kept")
          .register(registry);
      FunctionTimer.builder(
              "linli.outbox.commits",
              outbox,
              SqliteOutbox::commits,
              SqliteOutbox::commitNanos,
              TimeUnit.NANOSECONDS)
          .description("Group commits and how long they took")
          .register(registry);
    };
  }
}
