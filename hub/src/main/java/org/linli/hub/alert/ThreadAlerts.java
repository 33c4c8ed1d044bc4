package org.linli.hub.alert;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.hub.records.OneByOne;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.Failure;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Opens an alert for each thread of the hub that failed. On a thread of its own, as the one that
 * failed may be in no state to; what the records do not take now is tried again, and holds back
 * none of the others.
 */
@Component
class ThreadAlerts implements SmartLifecycle {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(ThreadAlerts.class));

  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

  private final GatewayAlerts alerts;
  private final LivingThreads threads;

  /** By the names of threads. */
  private final OneByOne<String> telling;

  private volatile @Nullable LivingThread ticking;

  ThreadAlerts(GatewayAlerts alerts, LivingThreads threads, Clock clock) {
    this.alerts = alerts;
    this.threads = threads;
    this.telling = new OneByOne<>(clock, ThreadAlerts::fails);
  }

  void look() {
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

  @Override
  public void start() {
    ticking = threads.tick(LivingThreads.Make.VIRTUAL, "thread-alerts", LOOKS_EVERY, this::look);
  }

  @Override
  public void stop() {
    LivingThread running = ticking;
    if (running != null) {
      running.end();
      running.join();
    }
    ticking = null;
  }

  @Override
  public boolean isRunning() {
    return ticking != null;
  }
}
