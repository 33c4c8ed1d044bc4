package org.linli.hub.gateway;

import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are no gateway's yet, at most so many: beyond that the oldest of the address
 * with the most of them is closed, so that whoever opens many closes his own. Used on one event
 * loop only.
 */
final class Strangers {

  private final int most;
  private final Map<SocketAddress, NetSocket> oldestFirst = new LinkedHashMap<>();
  private final Map<String, Integer> perAddress = new LinkedHashMap<>();

  Strangers(int most) {
    this.most = most;
  }

  /**
   * One more.
   *
   * @return what is to be closed for it; null where there is room
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

  /** It closed, or is a gateway's now. */
  void left(SocketAddress address) {
    if (oldestFirst.remove(address) != null) {
      perAddress.computeIfPresent(host(address), (_, count) -> count == 1 ? null : count - 1);
    }
  }

  int count() {
    return oldestFirst.size();
  }
}
