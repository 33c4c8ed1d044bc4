package org.linli.edge.profile;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** How many states of devices are known, and how many were forgotten, as Prometheus metrics. */
@Component
final class StateFigures implements MeterBinder {

  private final KnownStates states;

  StateFigures(KnownStates states) {
    this.states = states;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("linli.states", states, KnownStates::size)
        .description("Known states of devices")
        .register(registry);
    FunctionCounter.builder("linli.states.forgotten", states, KnownStates::forgotten)
        .description("States of devices that were forgotten for want of room, since the start")
        .register(registry);
  }
}
