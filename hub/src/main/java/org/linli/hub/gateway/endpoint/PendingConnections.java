package org.linli.hub.gateway.endpoint;

import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the connections that do not yet belong to a gateway and limits their number. Beyond the
 * limit, the oldest connection of the address with the most of them is closed, so that a client
 * that opens many loses its own. Used on one event loop only.
 */
final class PendingConnections {

  private final int most;
  private final Map<SocketAddress, NetSocket> oldestFirst = new LinkedHashMap<>();
  private final Map<String, Integer> perAddress = new LinkedHashMap<>();

  PendingConnections(int most) {
    this.most = most;
  }

  /**
   * Adds a connection.
   *
   * @return the connection to be closed for it; null if there is room
   */
  @Nullable NetSocket came(NetSocket socket) {
    oldestFirst.put(socket.remoteAddress(), socket);
    perAddress.merge(host(socket.remoteAddress()), 1, Integer::sum);
    if (oldestFirst.size() <= most) {
      return null;
    }
    int greatest = perAddress.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return oldestFirst.values().stream()
        .filter(one -> perAddress.getOrDefault(host(one.remoteAddress()), 0) == greatest)
        .findFirst()
        .orElse(null);
  }

  private static String host(SocketAddress address) {
    String host = address.hostAddress();
    return host == null ? "" : host;
  }

  /** Removes a connection that closed or now belongs to a gateway. */
  void left(SocketAddress address) {
    if (oldestFirst.remove(address) != null) {
      perAddress.computeIfPresent(host(address), (_, count) -> count == 1 ? null : count - 1);
    }
  }

  int count() {
    return oldestFirst.size();
  }
}
