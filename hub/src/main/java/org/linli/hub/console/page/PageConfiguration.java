package org.linli.hub.console.page;

import org.linli.hub.console.ConsoleWords;
import org.linli.hub.console.NavigationEntry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.AbstractResourceBasedMessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.LocaleResolver;

@Configuration(proxyBeanMethods = false)
class PageConfiguration {

  @Bean
  LocaleResolver localeResolver() {
    return new PageLanguage();
  }

  @Bean
  @Order(0)
  NavigationEntry toAlerts() {
    return new NavigationEntry("/", "navigation.alerts");
  }

  @Bean
  @Order(1)
  NavigationEntry toDevices() {
    return new NavigationEntry("/devices", "devices.heading");
  }

  @Autowired
  void addWords(AbstractResourceBasedMessageSource messages, ObjectProvider<ConsoleWords> others) {
    others.orderedStream().forEach(words -> messages.addBasenames(words.bundle()));
  }
}
