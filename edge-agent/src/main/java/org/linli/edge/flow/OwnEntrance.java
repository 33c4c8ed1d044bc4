package org.linli.edge.flow;

import org.apache.camel.CamelContext;
import org.linli.edge.liveness.OwnStatements;
import org.linli.edge.profile.Interpreted;
import org.springframework.stereotype.Component;

/** Sends the gateway's own statements about devices to their route. {@link Entrance} opens it. */
@Component
final class OwnEntrance implements OwnStatements {

  /** The Camel endpoint of that route. */
  static final String ENDPOINT = "direct:own";

  private final RouteStart route;

  OwnEntrance(CamelContext camel) {
    route = new RouteStart(camel, ENDPOINT);
  }

  @Override
  public void say(Interpreted.Understood statement) {
    if (route.send(statement) != null) {
      statement.message().reply().unavailable(RouteStart.NOT_OPEN);
    }
  }

  void open() throws Exception {
    route.open();
  }

  void close() {
    route.close();
  }
}
