package org.linli.hub;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The hub process. Its way of a batch is told in {@code flow.HubFlow}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HubApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(HubApplication.class, arguments);
  }

  /** The hub's clock, for everything that asks what time it is. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
