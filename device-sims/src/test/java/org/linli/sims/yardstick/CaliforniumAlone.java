package org.linli.sims.yardstick;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;

/**
 * A CoAP server that answers 2.04 to every POST and does nothing with it: what {@code load
 * --protocol=coap} is pointed at to know how fast the library alone would be. docs/performance.md
 * has the command.
 */
public final class CaliforniumAlone {

  private CaliforniumAlone() {}

  /** Listens on a port of the loopback until it is ended. */
  public static void main(String[] arguments) throws UnknownHostException {
    CoapConfig.register();
    UdpConfig.register();
    Configuration configuration =
        Configuration.createStandardWithoutFile()
            .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP);
    CoapServer server = new CoapServer(configuration);
    server.addEndpoint(
        CoapEndpoint.builder()
            .setConfiguration(configuration)
            .setInetSocketAddress(
                new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])))
            .build());
    server.add(new Anything());
    server.start();
  }

  private static final class Anything extends CoapResource {

    Anything() {
      super("linli");
    }

    @Override
    public Resource getChild(String name) {
      return this;
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
      exchange.respond(ResponseCode.CHANGED);
    }
  }
}
