package org.linli.hub.alert;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.linli.hub.records.OneByOne;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.Failure;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Opens an alert for each thread of the hub that failed. It uses a thread of its own, because the
 * failed one may be unable to. An alert that the records do not accept now is retried, and holds
 * back no other.
 */
@Component
class ThreadAlerts extends Ticker {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(ThreadAlerts.class));

  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

  private final GatewayAlerts alerts;
  private final LivingThreads threads;

  /** Keyed by the names of threads. */
  private final OneByOne<String> telling;

  ThreadAlerts(GatewayAlerts alerts, LivingThreads threads, Clock clock) {
    super(threads, LivingThreads.Make.VIRTUAL, "thread-alerts", LOOKS_EVERY);
    this.alerts = alerts;
    this.threads = threads;
    this.telling = new OneByOne<>(clock, ThreadAlerts::fails);
  }

  @Override
  protected void look() {
    Map<String, Failure> untold =
        threads.untold().stream()
            .collect(
                Collectors.toMap(
                    Failure::thread, Function.identity(), (_, newer) -> newer, LinkedHashMap::new));
    telling.each(untold.keySet(), thread -> tell(Objects.requireNonNull(untold.get(thread))));
  }

  private void tell(Failure failure) {
    alerts.failed(failure);
    threads.told(failure);
  }

  private static void fails(String thread, Throwable defect) {
    limited
        .atError(thread)
        .addKeyValue("thread", thread)
        .setCause(defect)
        .log("No alert could be opened about a thread of the hub that failed; trying again");
  }
}
