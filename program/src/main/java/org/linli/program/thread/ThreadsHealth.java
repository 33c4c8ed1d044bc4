package org.linli.program.thread;

import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Component {@code threads} of the health page: each thread that must live and how it stands. Down
 * while one of them fails.
 */
final class ThreadsHealth implements HealthIndicator {

  private final LivingThreads threads;

  ThreadsHealth(LivingThreads threads) {
    this.threads = threads;
  }

  @Override
  public Health health() {
    Map<String, String> standings = threads.standings();
    if (!threads.isFailing()) {
      return Health.up().withDetails(standings).build();
    }
    String sentence =
        standings.entrySet().stream()
            .filter(standing -> standing.getValue().startsWith(Guard.FAILS))
            .map(standing -> standing.getKey() + " " + standing.getValue())
            .collect(Collectors.joining("; "));
    // The description stands on the gateway's page for everybody; details do not.
    return Health.status(new Status(Status.DOWN.getCode(), sentence))
        .withDetails(standings)
        .build();
  }
}
