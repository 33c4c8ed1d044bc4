package org.linli.hub.registry;

import org.linli.hub.registry.file.RegistryFiles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

  /**
   * The file is read first: if it cannot be used, the records stay as they are. Whoever reads them
   * needs the communities, and finds the records brought together with them.
   */
  @Bean
  Registry registry(
      RegistrySettings settings,
      ObjectProvider<JdbcClient> client,
      ObjectProvider<TransactionTemplate> transaction) {
    Registry registry = RegistryFiles.load(settings);
    new CommunityRows(client.getObject(), transaction.getObject())
        .bring(
            String.valueOf(settings.communityFile()),
            registry.communities().stream().map(CommunityRegistry::id).toList());
    return registry;
  }

  /**
   * @param broughtTogether the records are brought together with it first
   */
  @Bean
  EarlierCommunity earlierCommunity(
      Registry broughtTogether,
      ObjectProvider<JdbcClient> client,
      ObjectProvider<TransactionTemplate> transaction) {
    return new EarlierCommunity(
        new CommunityRows(client.getObject(), transaction.getObject()).earlier().orElse(null));
  }
}
