package org.linli.edge.flow;

import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts the routes before any door opens (Camel by itself would start them later) and sends
 * messages to the first route. The producer is created once: looking up the endpoint by name for
 * every message would cost more than the route itself.
 */
@Component
final class Entrance implements Intake, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Entrance.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final CamelContext camel;
  private final EdgeFlow flow;
  private volatile @Nullable AsyncProducer producer;

  Entrance(CamelContext camel, EdgeFlow flow) {
    this.camel = camel;
    this.flow = flow;
  }

  @Override
  public void accept(Message message) {
    AsyncProducer open = producer;
    if (open == null) {
      message.reply().unavailable("the gateway is starting or stopping");
      return;
    }
    Exchange exchange = open.getEndpoint().createExchange();
    exchange.getIn().setBody(message);
    try {
      open.process(exchange);
    } catch (Exception refusedByCamel) {
      exchange.setException(refusedByCamel);
    }
    Exception failure = exchange.getException();
    if (failure != null) {
      limited
          .atWarn("no-route")
          .addKeyValue("source", message.source())
          .setCause(failure)
          .log("A message could not be brought onto its route");
      message.reply().unavailable("the gateway is starting or stopping");
    }
  }

  @Override
  public void start() {
    try {
      camel.addRoutes(flow);
      camel.start();
      Endpoint endpoint = camel.getEndpoint(Message.ENDPOINT);
      AsyncProducer made = endpoint.createAsyncProducer();
      ServiceHelper.startService(made);
      producer = made;
    } catch (Exception impossible) {
      throw new IllegalStateException("the routes cannot be started", impossible);
    }
  }

  @Override
  public void stop() {
    AsyncProducer open = producer;
    producer = null;
    ServiceHelper.stopService(open);
  }

  @Override
  public boolean isRunning() {
    return producer != null;
  }

  /** Before the doors. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 100;
  }
}
