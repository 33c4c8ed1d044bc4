package org.linli.hub.flow;

import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.linli.hub.intake.StoreUnavailableException;
import org.springframework.stereotype.Component;

/**
 * What happens when a hop fails, for every route: a journal that is full is tried again after 0.1,
 * 0.2, 0.4, 0.8 and 1.6 s; anything else is given back at once. Whoever sent the batch logs what
 * came of it.
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
