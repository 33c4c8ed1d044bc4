package org.linli.edge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The gateway process. Its way of an event is told in {@code flow.EdgeFlow}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EdgeAgentApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(EdgeAgentApplication.class, arguments);
  }
}
