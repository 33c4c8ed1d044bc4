package org.linli.edge;

import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts programs side by side in one process. Each sets up the logging of the whole process first,
 * which fails if two do it at once; so they take turns at that.
 */
final class SharedLogging {

  private static final ReentrantLock TURN = new ReentrantLock();

  private SharedLogging() {}

  static ConfigurableApplicationContext run(SpringApplicationBuilder program, String... arguments) {
    TURN.lock();
    try {
      return program.listeners(new HasItsLogging()).run(arguments);
    } finally {
      if (TURN.isHeldByCurrentThread()) {
        TURN.unlock();
      }
    }
  }

  private static final class HasItsLogging
      implements ApplicationListener<ApplicationContextInitializedEvent> {

    @Override
    public void onApplicationEvent(ApplicationContextInitializedEvent event) {
      TURN.unlock();
    }
  }
}
