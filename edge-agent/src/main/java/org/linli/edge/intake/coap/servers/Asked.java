package org.linli.edge.intake.coap.servers;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The addresses of the servers that were asked: the last one of each resource. Thread-safe. */
final class Asked {

  private final Map<URI, InetSocketAddress> last = new HashMap<>();
  private volatile Set<InetSocketAddress> addresses = Set.of();

  /** Records that the resource was asked at that address, to which its name resolves now. */
  synchronized void at(URI resource, InetSocketAddress address) {
    if (!address.equals(last.put(resource, address))) {
      addresses = Set.copyOf(last.values());
    }
  }

  boolean includes(InetSocketAddress address) {
    return addresses.contains(address);
  }
}
