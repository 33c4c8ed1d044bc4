package org.linli.edge;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Stands in for the gateway's main class: it says how far its clock is off, and again for each line
 * that it hears. It has nothing else of a gateway.
 */
public final class EdgeAgentApplication {

  private EdgeAgentApplication() {}

  public static void main(String[] arguments) throws IOException {
    Clock clock = clock();
    do {
      long seconds = Duration.between(Instant.now(), clock.instant()).plusMillis(500).toSeconds();
      System.out.println("ahead " + seconds);
    } while (System.in.read() >= 0);
  }

  static Clock clock() {
    return Clock.systemUTC();
  }
}
