package org.linli.edge.intake.broker;

import java.time.Duration;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** Settings of tests that need a broker's and set little of them. */
final class Brokers {

  private Brokers() {}

  /**
   * @param shortest pause before it is asked again
   * @param longest pause
   */
  static BrokerSettings at(String uri, Duration shortest, Duration longest) {
    return new BrokerSettings(
        uri,
        null,
        null,
        null,
        Duration.ofHours(1),
        8,
        DataSize.ofKilobytes(64),
        List.of("linli/+/+"),
        List.of(),
        shortest,
        longest,
        Duration.ofMillis(300));
  }
}
