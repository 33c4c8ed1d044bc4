package org.linli.hub;

import ch.qos.logback.classic.LoggerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.env.Environment;

/**
 * Sets up logging for the first hub of a test run, which all others then share. Spring Boot does it
 * anew for each application, and is not made for applications that start side by side in one
 * process: one takes away what the other is reading. The build names this class to Spring Boot.
 */
public final class LoggingOnce extends LogbackLoggingSystem {

  private static final Object ONE_AT_A_TIME = new Object();

  public LoggingOnce(ClassLoader loader) {
    super(loader);
  }

  @Override
  public void beforeInitialize() {
    // Silences everything until it is initialized, which is done in one step below.
  }

  @Override
  public void initialize(
      LoggingInitializationContext context,
      @Nullable String configLocation,
      @Nullable LogFile logFile) {
    synchronized (ONE_AT_A_TIME) {
      super.beforeInitialize();
      super.initialize(context, configLocation, logFile);
      // What it was made by, and with it the whole first hub, would stay for as long as the
      // process.
      ((LoggerContext) LoggerFactory.getILoggerFactory()).removeObject(Environment.class.getName());
    }
  }

  @Override
  public void cleanUp() {
    // The others still log.
  }
}
