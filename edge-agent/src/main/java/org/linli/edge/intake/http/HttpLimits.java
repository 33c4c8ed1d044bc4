package org.linli.edge.intake.http;

import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.Refusals;
import org.linli.program.thread.LivingThreads;
import org.linli.program.web.Deadlines;
import org.linli.program.web.OpenConnections;
import org.linli.program.web.WebServerBounds;
import org.linli.program.web.WebServerPulse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configures the web server beyond its settings: limits on connections and on the time of a whole
 * request, liveness, and paths that reach the door as they were written, so that requests to wrong
 * ones become dead letters.
 */
@Configuration(proxyBeanMethods = false)
class HttpLimits {

  private static final int MOST_BY_DEFAULT = 256;

  /** Tomcat divides it by 20, and with 0 would wait for ever. */
  private static final long UNLOAD_MILLIS = 100;

  @Bean
  static WebServerBounds webServerBounds(
      @Value("${server.tomcat.max-connections:#{null}}") @Nullable Integer most,
      HttpIntakeSettings settings,
      DoorMemory memory,
      LivingThreads threads,
      Refusals refusals) {
    Deadlines deadlines =
        new Deadlines(
            settings.requestTimeout(),
            settings.requestTimeout(),
            settings.requestTimeout(),
            settings.patience());
    return new WebServerBounds(
        new OpenConnections(
            "HTTP door", mostOf(most, memory), deadlines, new UnservedRequests(refusals)),
        threads);
  }

  private static int mostOf(@Nullable Integer wanted, DoorMemory memory) {
    if (wanted == null) {
      return Math.min(
          Math.min(MOST_BY_DEFAULT, memory.httpConnections()), memory.files().httpConnections());
    }
    memory.require("server.tomcat.max-connections", wanted, memory.httpConnections());
    memory
        .files()
        .require("server.tomcat.max-connections", wanted, memory.files().httpConnections());
    return wanted;
  }

  @Bean
  static WebServerPulse webServerPulse(
      ServerProperties server, Environment environment, LivingThreads threads) {
    return new WebServerPulse("http-door", server.getAddress(), environment, threads);
  }

  @Bean
  static WebServerFactoryCustomizer<TomcatWebServerFactory> httpPaths(Refusals refusals) {
    return factory -> {
      factory.addEngineValves(new RefusalLog(refusals));
      factory.addConnectorCustomizers(
          connector ->
              connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
      factory.addContextCustomizers(
          context -> {
            if (context.getParent() instanceof StandardHost host) {
              host.setErrorReportValveClass(ProblemValve.class.getName());
            }
            if (context instanceof StandardContext standard) {
              // Or it would wait for requests once more after the graceful stop, for two seconds.
              standard.setUnloadDelay(UNLOAD_MILLIS);
            }
          });
    };
  }

  @Bean
  static Bodies bodies(HttpIntakeSettings settings, DoorMemory memory, LifeSearch search) {
    memory.requireBytes(
        "linli.http.max-message-size", settings.maxMessageSize().toBytes(), memory.bodyBytes());
    return new Bodies(memory.bodyBytes(), search);
  }
}
