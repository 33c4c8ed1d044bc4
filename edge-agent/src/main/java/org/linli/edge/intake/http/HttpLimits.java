package org.linli.edge.intake.http;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.linli.program.thread.Guard;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * What the door needs of its web server beyond the settings: a deadline for a whole request, no
 * invitation to send a body before it is wanted, and paths that reach the door as they were
 * written, so that what is wrong with them becomes a dead letter.
 */
@Component
final class HttpLimits implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final HttpIntakeSettings settings;
  private final Guard guard;

  HttpLimits(HttpIntakeSettings settings, LivingThreads threads) {
    this.settings = settings;
    this.guard = threads.guard("http-deadlines");
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setProtocol(DeadlineProtocol.class.getName());
    factory.addConnectorCustomizers(this::customize);
    factory.addContextCustomizers(
        context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemValve.class.getName());
          }
        });
  }

  private void customize(Connector connector) {
    connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
    if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
      // RFC 9110 section 10.1.1: 100 only once the body is read, so that a refusal can come before.
      http.setContinueResponseTiming("onRead");
    }
    if (connector.getProtocolHandler() instanceof DeadlineProtocol http) {
      http.setDeadline(settings.requestTimeout());
      http.setGuard(guard);
    }
  }
}
