package org.linli.edge.uplink;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the hub is.
 *
 * @param hubUri {@code mqtt://host:port} of the hub's endpoint for gateways, or of the broker that
 *     both use; several, separated by commas, where several hubs have the same records
 *     (LINLI_HUB_URI)
 */
@ConfigurationProperties("linli")
record HubAddress(@DefaultValue("mqtt://127.0.0.1:2883") List<URI> hubUri) {

  private static final String FORM =
      "; write it as mqtt://host:port, or several with commas between them.";

  @ConstructorBinding
  HubAddress {
    if (hubUri.isEmpty()) {
      throw new IllegalArgumentException("LINLI_HUB_URI (linli.hub-uri) is empty" + FORM);
    }
    hubUri.forEach(HubAddress::check);
    hubUri = List.copyOf(hubUri);
  }

  HubAddress(URI only) {
    this(List.of(only));
  }

  private static void check(URI uri) {
    if (!"mqtt".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
      throw new IllegalArgumentException("LINLI_HUB_URI (linli.hub-uri) has '" + uri + "'" + FORM);
    }
  }

  /** For people. */
  @Override
  public String toString() {
    return hubUri.stream().map(URI::toString).collect(Collectors.joining(" or "));
  }
}
