package org.linli.program.thread;

import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The beans for threads of every program; a test can measure signs of life by its own clock. */
@AutoConfiguration
class ThreadsConfiguration {

  @Bean
  @ConditionalOnMissingBean
  LivingThreads livingThreads(InstantSource clock, ObjectProvider<Farewell> farewell) {
    return new LivingThreads(clock, System::nanoTime, farewell.getIfAvailable(Farewell::unlimited));
  }

  @Bean
  HealthIndicator threadsHealthIndicator(LivingThreads threads) {
    return new ThreadsHealth(threads);
  }
}
