package org.linli.edge;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import org.linli.edge.local.DeadLettersCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * The gateway process. Its way of an event is told in {@code flow.EdgeFlow}. With {@code
 * dead-letters} as its first argument it is the command of that name instead.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EdgeAgentApplication {

  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals(DeadLettersCommand.NAME)) {
      System.exit(
          DeadLettersCommand.run(
              new PrintWriter(System.out, true, StandardCharsets.UTF_8),
              new PrintWriter(System.err, true, StandardCharsets.UTF_8),
              Arrays.copyOfRange(arguments, 1, arguments.length)));
    }
    SpringApplication.run(EdgeAgentApplication.class, arguments);
  }

  /** The gateway's clock, for everything that asks what time it is. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
