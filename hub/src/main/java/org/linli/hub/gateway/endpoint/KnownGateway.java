package org.linli.hub.gateway.endpoint;

import java.time.Duration;
import org.linli.hub.gateway.entrance.TokenBucket;

/**
 * State that the endpoint keeps for one gateway of the community file, over all its connections.
 */
final class KnownGateway {

  /** An unstable link makes a gateway reconnect a few times within seconds. */
  static final int CONNECTIONS_AT_ONCE = 10;

  static final Duration CONNECTION_EACH = Duration.ofSeconds(1);

  private final TokenBucket connections =
      new TokenBucket(CONNECTIONS_AT_ONCE, CONNECTION_EACH, System::nanoTime);
  private final ConflatedWork work = new ConflatedWork();
  private final ConflatedWork saying = new ConflatedWork();

  /** Counts one more connection under its name and returns whether it is permitted now. */
  boolean mayConnect() {
    return connections.tryTake();
  }

  /** Lets its connections process their messages one at a time. */
  ConflatedWork work() {
    return work;
  }

  /** Lets reports that it is offline happen one at a time. */
  ConflatedWork saying() {
    return saying;
  }
}
