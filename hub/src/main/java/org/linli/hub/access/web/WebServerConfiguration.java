package org.linli.hub.access.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.hub.access.UnsafeSettingException;
import org.linli.program.thread.LivingThreads;
import org.linli.program.web.Deadlines;
import org.linli.program.web.OpenConnections;
import org.linli.program.web.WebServerBounds;
import org.linli.program.web.WebServerPulse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Limits what connections to the console and the API cost, and monitors both. */
@Configuration(proxyBeanMethods = false)
class WebServerConfiguration {

  /** What one connection with a request holds at most: buffers, header, form and what reads it. */
  private static final int BYTES_OF_CONNECTION = 160 * 1024;

  private static final int FEWEST = 64;
  private static final int MOST_BY_DEFAULT = 2_000;

  private static final Deadlines DEADLINES =
      new Deadlines(
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofMinutes(2),
          Duration.ofSeconds(5));

  /**
   * @param most {@code server.tomcat.max-connections}, by default as many as fit into an eighth of
   *     the heap, and no more than fit into a quarter of it
   * @throws UnsafeSettingException when the heap is too small for the setting
   */
  @Bean
  static WebServerBounds webServerBounds(
      @Value("${server.tomcat.max-connections:#{null}}") @Nullable Integer most,
      LivingThreads threads) {
    int carried = mostOf(most, Runtime.getRuntime().maxMemory());
    return new WebServerBounds(new OpenConnections("console and API", carried, DEADLINES), threads);
  }

  @Bean
  static WebServerPulse webServerPulse(
      ServerProperties server, Environment environment, LivingThreads threads) {
    return new WebServerPulse("web-server", server.getAddress(), environment, threads);
  }

  static int mostOf(@Nullable Integer wanted, long heap) {
    if (wanted == null) {
      return (int) Math.clamp(heap / 8 / BYTES_OF_CONNECTION, FEWEST, MOST_BY_DEFAULT);
    }
    long carried = Math.max(FEWEST, heap / 4 / BYTES_OF_CONNECTION);
    if (wanted < 2 || wanted > carried) {
      throw new UnsafeSettingException(
          "server.tomcat.max-connections is %d, and a heap of %d MB carries 2 to %d."
              .formatted(wanted, heap >> 20, carried),
          "Set it to no more than that, leave it out, or give the hub a larger heap (LINLI_HEAP).");
    }
    return wanted;
  }
}
