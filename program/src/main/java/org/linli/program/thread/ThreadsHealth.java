package org.linli.program.thread;

import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Component {@code threads} of the health page: each thread that must live, with its state. Down
 * while one of them fails or gives no sign of life.
 */
final class ThreadsHealth implements HealthIndicator {

  private final LivingThreads threads;

  ThreadsHealth(LivingThreads threads) {
    this.threads = threads;
  }

  @Override
  public Health health() {
    Map<String, String> standings = threads.standings();
    List<String> problems = threads.problems();
    if (problems.isEmpty()) {
      return Health.up().withDetails(standings).build();
    }
    String sentence = String.join("; ", problems);
    // The gateway's page shows the description to everybody, but not the details.
    return Health.status(new Status(Status.DOWN.getCode(), sentence))
        .withDetails(standings)
        .build();
  }
}
