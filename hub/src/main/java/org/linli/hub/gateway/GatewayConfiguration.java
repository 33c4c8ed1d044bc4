package org.linli.hub.gateway;

import org.linli.hub.gateway.broker.BrokerAttachment;
import org.linli.hub.gateway.endpoint.GatewayEndpoint;
import org.linli.hub.gateway.entrance.BatchEntrance;
import org.linli.hub.gateway.entrance.GatewaySettings;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

  @Bean
  HubMemory hubMemory(GatewaySettings settings) {
    HubMemory memory = HubMemory.ofThisProgram();
    memory.requireRoomFor(settings.maxBatch().toBytes());
    return memory;
  }

  /** Creates the hub's own endpoint, or the attachment to a broker if one is configured. */
  @Bean
  SmartLifecycle gatewayEntrance(
      GatewaySettings settings, BatchEntrance entrance, LivingThreads threads, HubMemory memory) {
    return settings.broker() == null
        ? new GatewayEndpoint(settings, entrance, threads, memory)
        : new BrokerAttachment(settings, settings.broker(), entrance, threads, memory);
  }
}
