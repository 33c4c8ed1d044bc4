package org.linli.edge.profile;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProfileConfiguration {

  @Bean
  KnownDevices knownDevices() {
    return KnownDevices.NONE;
  }
}
