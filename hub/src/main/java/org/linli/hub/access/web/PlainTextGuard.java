package org.linli.hub.access.web;

import java.net.InetAddress;
import org.linli.hub.access.AccessSettings;
import org.linli.hub.access.UnsafeSettingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * Keeps passwords and tokens off the network in plain text. Without TLS the pages and the API are
 * served on loopback only, unless {@code linli.allow-plain-text} says that something else protects
 * them.
 */
@Component
class PlainTextGuard implements WebServerFactoryCustomizer<ConfigurableWebServerFactory> {

  private static final Logger LOG = LoggerFactory.getLogger(PlainTextGuard.class);

  private final ServerProperties server;
  private final AccessSettings settings;

  PlainTextGuard(ServerProperties server, AccessSettings settings) {
    this.server = server;
    this.settings = settings;
  }

  /**
   * @throws UnsafeSettingException when plain text would leave the machine
   */
  @Override
  public void customize(ConfigurableWebServerFactory factory) {
    InetAddress address = server.getAddress();
    if (Ssl.isEnabled(server.getSsl()) || (address != null && address.isLoopbackAddress())) {
      return;
    }
    String where = address == null ? "every address" : address.getHostAddress();
    if (!settings.allowPlainText()) {
      throw new UnsafeSettingException(
          "The pages and the API would be served in plain text on %s (server.address)."
              .formatted(where),
          "Configure TLS (server.ssl.*), keep server.address=127.0.0.1, or set"
              + " linli.allow-plain-text=true where something else protects the connection.");
    }
    LOG.atWarn()
        .addKeyValue("address", where)
        .log("pages and API are served in plain text: passwords and tokens can be read on the way");
  }
}
