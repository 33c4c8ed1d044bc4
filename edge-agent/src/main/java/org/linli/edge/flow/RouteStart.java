package org.linli.edge.flow;

import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Sends bodies to a route. The producer is created once: looking up the endpoint by name for every
 * message would cost more than the route itself. Thread-safe.
 */
final class RouteStart {

  /** Why nothing is accepted while the route is not open. */
  static final String NOT_OPEN = "the gateway is starting or stopping";

  private final CamelContext camel;
  private final String uri;
  private volatile @Nullable AsyncProducer producer;

  RouteStart(CamelContext camel, String uri) {
    this.camel = camel;
    this.uri = uri;
  }

  /**
   * @throws Exception if there is no such route
   */
  void open() throws Exception {
    Endpoint endpoint = camel.getEndpoint(uri);
    AsyncProducer made = endpoint.createAsyncProducer();
    ServiceHelper.startService(made);
    producer = made;
  }

  void close() {
    AsyncProducer open = producer;
    producer = null;
    ServiceHelper.stopService(open);
  }

  boolean isOpen() {
    return producer != null;
  }

  /**
   * Sends a body to the route.
   *
   * @return why the route did not take it; null if it did
   */
  @Nullable Exception send(Object body) {
    AsyncProducer open = producer;
    if (open == null) {
      return new IllegalStateException(uri + " is not open");
    }
    Exchange exchange = open.getEndpoint().createExchange();
    exchange.getIn().setBody(body);
    try {
      open.process(exchange);
    } catch (Exception refusedByCamel) {
      exchange.setException(refusedByCamel);
    }
    return exchange.getException();
  }
}
