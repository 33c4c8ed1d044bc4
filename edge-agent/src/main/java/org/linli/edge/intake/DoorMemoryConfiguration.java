package org.linli.edge.intake;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the doors' share of the heap; a test gives them less. */
@Configuration(proxyBeanMethods = false)
class DoorMemoryConfiguration {

  /** By default no door uses more connections than this. */
  private static final int ENOUGH = 5_000;

  private static final Logger log = LoggerFactory.getLogger(DoorMemoryConfiguration.class);

  @Bean
  @ConditionalOnMissingBean
  DoorMemory doorMemory() {
    DoorMemory memory = DoorMemory.ofThisProgram();
    DoorFiles files = memory.files();
    if (files.mqttConnections() < Math.min(memory.mqttConnections(), ENOUGH)) {
      log.warn(
          "This process may open {} files, so at most {} MQTT devices and {} HTTP connections at a"
              + " time: allow it more with LimitNOFILE= (systemd), --ulimit nofile= (Docker) or"
              + " ulimit -n",
          files.most(),
          files.mqttConnections(),
          files.httpConnections());
    }
    return memory;
  }
}
