package org.linli.edge.intake;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The share of the heap that the doors have; a test gives them less. */
@Configuration(proxyBeanMethods = false)
class DoorMemoryConfiguration {

  @Bean
  @ConditionalOnMissingBean
  DoorMemory doorMemory() {
    return DoorMemory.ofThisProgram();
  }
}
