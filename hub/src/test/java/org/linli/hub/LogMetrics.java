package org.linli.hub;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import org.slf4j.LoggerFactory;

/**
 * Micrometer leaves a listener in the log of the process for each hub that counted its lines, and
 * with it the whole hub. A program ends with its hub; tests start a hundred in one process, which
 * filled its memory.
 */
public final class LogMetrics {

  private LogMetrics() {}

  /** To be called once a hub is closed. */
  public static void letGo() {
    LoggerContext log = (LoggerContext) LoggerFactory.getILoggerFactory();
    for (LoggerContextListener listener : log.getCopyOfListenerList()) {
      if (listener.getClass().getName().startsWith(LogbackMetrics.class.getName())) {
        log.removeListener(listener);
      }
    }
  }
}
