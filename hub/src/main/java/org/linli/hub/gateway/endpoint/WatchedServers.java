package org.linli.hub.gateway.endpoint;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetServerInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * A Vert.x wrapper for the MQTT server. The MQTT server creates its socket server from it and does
 * not expose its connections; this wrapper shows each of them, once the MQTT codec is in its
 * pipeline.
 */
final class WatchedServers extends VertxWrapper {

  private final Consumer<NetSocketInternal> connected;

  WatchedServers(Vertx vertx, Consumer<NetSocketInternal> connected) {
    super((VertxInternal) vertx);
    this.connected = connected;
  }

  @Override
  public NetServerInternal createNetServer(NetServerOptions options) {
    NetServerInternal server = super.createNetServer(options);
    return (NetServerInternal)
        Proxy.newProxyInstance(
            WatchedServers.class.getClassLoader(),
            new Class<?>[] {NetServerInternal.class},
            (_, method, arguments) -> {
              try {
                return arguments != null
                        && method.getName().equals("connectHandler")
                        && arguments[0] instanceof Handler<?> handler
                    ? server.connectHandler(socket -> accept(socket, handler))
                    : method.invoke(server, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  @SuppressWarnings("unchecked") // the one type that a connect handler has
  private void accept(NetSocket socket, Handler<?> handler) {
    ((Handler<NetSocket>) handler).handle(socket);
    connected.accept((NetSocketInternal) socket);
  }
}
