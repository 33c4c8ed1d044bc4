package org.linli.hub.gateway;

import java.time.Duration;

/**
 * What the endpoint has for one gateway of the community file, whichever connections it comes by.
 */
final class GatewayPlace {

  /** A line that breaks brings a gateway back a few times within seconds. */
  static final int CONNECTIONS_AT_ONCE = 10;

  static final Duration CONNECTION_EACH = Duration.ofSeconds(1);

  private final TokenBucket connections =
      new TokenBucket(CONNECTIONS_AT_ONCE, CONNECTION_EACH, System::nanoTime);
  private final Turn work = new Turn();
  private final Turn saying = new Turn();

  /** Whether one more connection may come under its name now; counts it. */
  boolean mayConnect() {
    return connections.tryTake();
  }

  /** Of its connections, to work off what came by them. */
  Turn work() {
    return work;
  }

  /** To say that it is not here any more. */
  Turn saying() {
    return saying;
  }
}
