package org.linli.edge.intake.coap.servers;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Where the servers are that were asked: for each resource the last address; for any thread. */
final class Asked {

  private final Map<URI, InetSocketAddress> last = new HashMap<>();
  private volatile Set<InetSocketAddress> addresses = Set.of();

  /** The resource is asked at that address, which its name stands for now. */
  synchronized void at(URI resource, InetSocketAddress address) {
    if (!address.equals(last.put(resource, address))) {
      addresses = Set.copyOf(last.values());
    }
  }

  boolean includes(InetSocketAddress address) {
    return addresses.contains(address);
  }
}
