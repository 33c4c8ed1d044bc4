package org.linli.hub.console.page;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;

@Configuration(proxyBeanMethods = false)
class PageConfiguration {

  @Bean
  LocaleResolver localeResolver() {
    return new PageLanguage();
  }
}
