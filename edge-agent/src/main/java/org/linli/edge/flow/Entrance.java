package org.linli.edge.flow;

import org.apache.camel.CamelContext;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusals;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts the routes before any door opens (Camel by itself would start them later) and sends
 * messages to the first route.
 */
@Component
final class Entrance implements Intake, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Entrance.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final CamelContext camel;
  private final EdgeFlow flow;
  private final OwnEntrance own;
  private final RouteStart route;
  private final Refusals refusals;

  Entrance(CamelContext camel, EdgeFlow flow, OwnEntrance own, Refusals refusals) {
    this.camel = camel;
    this.flow = flow;
    this.own = own;
    this.refusals = refusals;
    this.route = new RouteStart(camel, Message.ENDPOINT);
  }

  @Override
  public void accept(Message message) {
    if (!route.isOpen()) {
      message.reply().unavailable(RouteStart.NOT_OPEN);
      return;
    }
    flow.inTurn(() -> send(message));
  }

  private void send(Message message) {
    Exception failure = route.send(refusals.watched(message));
    if (failure != null) {
      limited
          .atWarn("no-route")
          .addKeyValue("source", message.source())
          .setCause(failure)
          .log("A message could not be brought onto its route");
      message.reply().unavailable(RouteStart.NOT_OPEN);
    }
  }

  @Override
  public void start() {
    try {
      camel.addRoutes(flow);
      camel.start();
      own.open();
      route.open();
    } catch (Exception impossible) {
      throw new IllegalStateException("the routes cannot be started", impossible);
    }
  }

  @Override
  public void stop() {
    route.close();
    own.close();
  }

  @Override
  public boolean isRunning() {
    return route.isOpen();
  }

  /** Before the doors. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 100;
  }
}
