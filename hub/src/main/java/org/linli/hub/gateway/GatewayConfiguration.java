package org.linli.hub.gateway;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

  /** The hub's own endpoint, or the attachment to a broker where one is named. */
  @Bean
  SmartLifecycle gatewayEntrance(GatewaySettings settings, BatchEntrance entrance) {
    return settings.broker() == null
        ? new GatewayEndpoint(settings, entrance)
        : new BrokerAttachment(settings, settings.broker(), entrance);
  }
}
