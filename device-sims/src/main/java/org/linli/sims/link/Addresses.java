package org.linli.sims.link;

import java.net.InetSocketAddress;
import java.net.URI;
import org.linli.sims.console.CannotRunException;

/** Addresses as people write them. */
public final class Addresses {

  /** The default port of MQTT. */
  public static final int MQTT_PORT = 1883;

  /** The default port of CoAP (RFC 7252 section 6.1). */
  public static final int COAP_PORT = 5683;

  private Addresses() {}

  /**
   * The host and port of an address.
   *
   * @throws CannotRunException showing what an address looks like
   */
  public static InetSocketAddress of(URI uri, String scheme, int defaultPort)
      throws CannotRunException {
    if (!scheme.equals(uri.getScheme()) || uri.getHost() == null) {
      throw CannotRunException.unusable(
          "\"%s\" is no address such as %s://127.0.0.1:%d.".formatted(uri, scheme, defaultPort));
    }
    return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? defaultPort : uri.getPort());
  }

  static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
