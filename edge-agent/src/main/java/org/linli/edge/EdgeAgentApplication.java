package org.linli.edge;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The gateway process. Its way of an event is told in {@code flow.EdgeFlow}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EdgeAgentApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(EdgeAgentApplication.class, arguments);
  }

  /** The gateway's clock, for everything that asks what time it is. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
