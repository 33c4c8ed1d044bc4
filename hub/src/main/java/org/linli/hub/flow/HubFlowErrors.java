package org.linli.hub.flow;

import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.linli.hub.journal.StoreUnavailableException;
import org.springframework.stereotype.Component;

/**
 * Defines for every route what happens when a hop fails. If the journal is full, the hop is retried
 * after 0.1, 0.2, 0.4, 0.8 and 1.6 s. Any other failure is returned at once. The sender of the
 * batch logs the outcome.
 */
@Component
class HubFlowErrors extends RouteConfigurationBuilder {

  private static final int ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final double GROWTH = 2;

  @Override
  public void configuration() {
    routeConfiguration()
        .errorHandler(defaultErrorHandler().maximumRedeliveries(0).logExhausted(false))
        .onException(StoreUnavailableException.class)
        .maximumRedeliveries(ATTEMPTS)
        .redeliveryDelay(FIRST_PAUSE_MILLIS)
        .useExponentialBackOff()
        .backOffMultiplier(GROWTH)
        .retryAttemptedLogLevel(LoggingLevel.DEBUG)
        .logExhausted(false);
  }
}
