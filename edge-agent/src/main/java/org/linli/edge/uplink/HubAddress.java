package org.linli.edge.uplink;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The hub's address.
 *
 * @param hubUri {@code mqtt://host:port} of the hub's endpoint for gateways, or of the broker that
 *     both use (LINLI_HUB_URI)
 */
@ConfigurationProperties("linli")
record HubAddress(@DefaultValue("mqtt://127.0.0.1:2883") URI hubUri) {

  HubAddress {
    if (!"mqtt".equals(hubUri.getScheme()) || hubUri.getHost() == null || hubUri.getPort() < 1) {
      throw new IllegalArgumentException(
          "LINLI_HUB_URI (linli.hub-uri) is '" + hubUri + "'; write it as mqtt://host:port.");
    }
  }
}
