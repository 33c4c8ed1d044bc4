package org.linli.edge.intake.broker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.intake.BrokerState;
import org.linli.edge.intake.BrokerState.BrokerLink;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.ReadTopics;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * The door for an external broker, with its health and metrics, if {@code linli.broker.uri} is set.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(BrokerConfiguration.IsAttached.class)
class BrokerConfiguration {

  private static final String OWN = "linli-";

  /** Whether a broker is configured. */
  static final class IsAttached implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return StringUtils.hasText(context.getEnvironment().getProperty("linli.broker.uri"));
    }
  }

  @Bean
  BrokerDoor brokerDoor(
      BrokerSettings settings,
      AgentSettings agent,
      Intake intake,
      ReadTopics read,
      InstantSource clock,
      LivingThreads threads,
      LifeSearch search) {
    String gateway = agent.gatewayId().value();
    String clientId = settings.clientId() == null ? OWN + gateway : settings.clientId();
    if (clientId.equals(gateway)) {
      throw CannotListenException.because(
          "linli.broker.client-id is %s, by which a broker knows this gateway's connection to its hub: choose another, such as %s%s."
              .formatted(clientId, OWN, gateway));
    }
    return new BrokerDoor(
        settings.reading(topics(settings, read)),
        clientId,
        agent.data(),
        intake,
        clock,
        threads,
        search);
  }

  /** The topics of the settings, and those of the profiles that the settings name. */
  private static List<String> topics(BrokerSettings settings, ReadTopics read) {
    List<String> topics = new ArrayList<>(settings.topics());
    try {
      for (String profile : settings.profiles()) {
        read.ofProfile(profile).forEach(filter -> topics.add(filter.text()));
      }
      TopicFilters.apart(topics);
    } catch (IllegalArgumentException unknown) {
      throw CannotListenException.because(
          "What is to be read at the broker is not clear (linli.broker.topics,"
              + " linli.broker.profiles): "
              + unknown.getMessage()
              + ".");
    }
    return topics;
  }

  /**
   * Component {@code broker} of the health page, in words. It is down while devices at the broker
   * are not heard: it cannot be reached, or refuses this gateway or a topic. That a broker is
   * restarted changes nothing (see {@link BrokerDoor#unheardSince}). The probes for supervisors do
   * not ask it, because a restart of the agent brings no broker back.
   */
  @Bean
  HealthIndicator brokerHealthIndicator(BrokerDoor door) {
    return () -> health(door.state(), door.unheardSince().isPresent());
  }

  /**
   * @param unheard whether devices at the broker have not been heard for so long that it is
   *     reported
   */
  static Health health(BrokerState state, boolean unheard) {
    return switch (state.link()) {
      case ATTACHED -> health(Status.UP, "The broker at %s is reached", state);
      case AWAY ->
          unheard
              ? health(
                  Status.DOWN,
                  "The broker at %s is not reached and tried again, and what devices publish there"
                      + " is not heard: start it, or check linli.broker.uri",
                  state)
              : health(Status.UP, "The broker at %s is not reached and tried again", state);
      case REFUSED -> health(Status.DOWN, "The broker at %s refuses this gateway", state);
    };
  }

  private static Health health(Status status, String words, BrokerState state) {
    String problem = state.problem();
    String sentence = problem == null ? words.formatted(state.broker()) : problem;
    return Health.status(new Status(status.getCode(), sentence))
        .withDetail("since", state.since().toString())
        .build();
  }

  @Bean
  MeterBinder brokerMeters(BrokerDoor door) {
    return registry -> {
      Gauge.builder(
              "linli.broker.attached", door, it -> it.state().link() == BrokerLink.ATTACHED ? 1 : 0)
          .description("Whether the broker is reached and lets this gateway read")
          .register(registry);
      FunctionCounter.builder("linli.broker.sessions.lost", door, it -> it.state().sessionsLost())
          .description("How often the broker had forgotten what it kept for this gateway")
          .register(registry);
      FunctionCounter.builder("linli.broker.dropped", door, BrokerDoor::dropped)
          .description("Messages at QoS 0 that the disk did not take")
          .register(registry);
    };
  }
}
