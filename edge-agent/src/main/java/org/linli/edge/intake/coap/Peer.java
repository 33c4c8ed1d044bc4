package org.linli.edge.intake.coap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.linli.program.web.OpenConnection;

/**
 * The source of datagrams. It is comparable because an attacker can choose thousands of addresses
 * and ports with the same hash, and hash tables of entries without an order search them one by one.
 */
record Peer(InetSocketAddress address) implements Comparable<Peer> {

  /**
   * @param identity Californium's identity of a peer: an address and a port, without DTLS
   */
  static Peer of(Object identity) {
    return new Peer(
        identity instanceof InetSocketAddress address
            ? address
            : InetSocketAddress.createUnresolved(identity.toString(), 0));
  }

  /** The address or network by which peers are grouped. */
  String network() {
    InetAddress resolved = address.getAddress();
    return resolved == null ? address.getHostString() : OpenConnection.networkOf(resolved);
  }

  @Override
  public int compareTo(Peer other) {
    int byAddress = compare(address.getAddress(), other.address.getAddress());
    int byPort = byAddress != 0 ? byAddress : address.getPort() - other.address.getPort();
    return byPort != 0 ? byPort : address.getHostString().compareTo(other.address.getHostString());
  }

  private static int compare(@Nullable InetAddress one, @Nullable InetAddress other) {
    if (one == null || other == null) {
      return Boolean.compare(one != null, other != null);
    }
    return Arrays.compare(one.getAddress(), other.getAddress());
  }
}
