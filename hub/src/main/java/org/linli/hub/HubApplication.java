package org.linli.hub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The hub process. Its way of a batch is told in {@code flow.HubFlow}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HubApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(HubApplication.class, arguments);
  }
}
