package org.linli.edge.intake.coap.servers;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Devices that are CoAP servers.
 *
 * @param servers their resources
 * @param firstPause before a resource that failed is tried again; doubled for every further
 *     failure, each ±50 % between first and longest pause
 * @param longestPause longest pause
 */
@ConfigurationProperties("linli.coap")
record CoapServersSettings(
    @DefaultValue List<Server> servers,
    @DefaultValue("5s") Duration firstPause,
    @DefaultValue("5m") Duration longestPause) {

  private static final int MOST = 1_000;
  private static final InetAddress IPV4_LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress ANY = new InetSocketAddress(0).getAddress();

  CoapServersSettings {
    require(servers.size() <= MOST, "servers may have at most " + MOST + " entries");
    require(firstPause.toMillis() >= 1, "first-pause must be at least 1ms");
    require(longestPause.compareTo(firstPause) >= 0, "longest-pause must not be below first-pause");
    Set<URI> seen = new HashSet<>();
    for (int i = 0; i < servers.size(); i++) {
      require(seen.add(servers.get(i).uri()), "servers[" + i + "].uri is there already");
    }
    servers = List.copyOf(servers);
  }

  /**
   * A resource of a device.
   *
   * @param uri {@code coap://host[:port]/path}
   * @param device id of the device
   * @param kind kind of the device; the content format then determines the format: 50, 60, 110 or
   *     112
   * @param profile the profile that reads it, instead of a kind
   * @param observe whether to observe it; a server that does not support that is polled
   * @param every polling interval
   */
  record Server(
      URI uri,
      String device,
      @Nullable String kind,
      @Nullable String profile,
      @DefaultValue("true") boolean observe,
      @DefaultValue("60s") Duration every) {

    Server {
      require(uri != null, "servers has an entry without uri");
      String at = "servers with uri " + uri + ": ";
      require(
          "coap".equals(uri.getScheme())
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getFragment() == null,
          at + "write the uri as coap://host:port/path; DTLS (coaps) is not spoken to servers yet");
      require(device != null, at + "device is missing");
      try {
        new DeviceId(device);
      } catch (IllegalArgumentException broken) {
        throw new IllegalArgumentException("linli.coap." + at + broken.getMessage(), broken);
      }
      require((kind == null) != (profile == null), at + "name either its kind or a profile");
      require(kind == null || Kind.ofWireName(kind).isPresent(), at + "kind " + kind + " is none");
      require(every.toMillis() >= 100, at + "every must be at least 100ms");
    }
  }

  /**
   * The local address of the client socket: a loopback address if all servers are named by loopback
   * addresses of one IP version, so that no other machine can reach the socket; otherwise the
   * wildcard address.
   */
  InetAddress local() {
    Set<InetAddress> local = new HashSet<>();
    for (Server server : servers) {
      InetAddress address = fixed(server.uri().getHost());
      if (address == null || !address.isLoopbackAddress()) {
        return ANY;
      }
      local.add(address instanceof Inet6Address ? address : IPV4_LOOPBACK);
    }
    return local.size() == 1 ? local.iterator().next() : ANY;
  }

  /**
   * The address of a literal or of {@code localhost}; null for any other name, which may resolve to
   * another address later.
   */
  private static @Nullable InetAddress fixed(String host) {
    try {
      return host.equals("localhost") ? InetAddress.getByName(host) : InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException | UnknownHostException name) {
      return null;
    }
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("linli.coap." + rule);
    }
  }
}
