package org.linli.hub.records;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;

/** Under which address people reach the console of this hub. */
final class ConsoleAddress {

  private static final int PORT = 8080;

  private ConsoleAddress() {}

  /**
   * Returns what is set, or what can be told from the settings of the server; empty if its port is
   * chosen at the start.
   */
  static String of(Environment environment, RecordsSettings settings) {
    if (settings.consoleUri() != null) {
      return settings.consoleUri().toString().replaceFirst("/+$", "");
    }
    ServerProperties server = server(environment);
    int port = port(server);
    return port == 0
        ? ""
        : "%s://%s:%d"
            .formatted(
                Ssl.isEnabled(server.getSsl()) ? "https" : "http", host(server.getAddress()), port);
  }

  static ServerProperties server(Environment environment) {
    return Binder.get(environment).bindOrCreate("server", ServerProperties.class);
  }

  static int port(ServerProperties server) {
    return server.getPort() == null ? PORT : server.getPort();
  }

  private static String host(@Nullable InetAddress bound) {
    if (bound != null && !bound.isAnyLocalAddress()) {
      String host = bound.getHostAddress();
      return host.contains(":") ? "[" + host + "]" : host;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
