package org.linli.sims.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAP.Type;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Endpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.eclipse.californium.elements.util.ExecutorsUtil;

/**
 * Devices that speak CoAP (RFC 7252), each from a UDP port of its own: confirmable POSTs, repeated
 * by the protocol first and by the link, as new messages, after that.
 */
public final class CoapLinks implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final InetSocketAddress gateway;
  private final Configuration configuration;
  private final ScheduledExecutorService main;
  private final ScheduledExecutorService secondary;

  public CoapLinks(InetSocketAddress gateway) {
    this.gateway = gateway;
    CoapConfig.register();
    UdpConfig.register();
    configuration = Configuration.createStandardWithoutFile();
    // The link repeats as new messages, so a message id may come again as soon as it is needed.
    configuration.set(CoapConfig.MID_TRACKER, CoapConfig.TrackerMode.NULL);
    configuration.set(CoapConfig.MAX_ACTIVE_PEERS, 16);
    // Two transmissions, 9 s at most: a gateway that starts again is found again soon.
    configuration.set(CoapConfig.MAX_RETRANSMIT, 1);
    main =
        ExecutorsUtil.newScheduledThreadPool(
            Runtime.getRuntime().availableProcessors(), new DaemonThreadFactory("coap-main#"));
    secondary = ExecutorsUtil.newDefaultSecondaryScheduler("coap-later#");
  }

  /** Whether anything answers a CoAP ping (RFC 7252 section 4.3) at that address. */
  public boolean answers(Duration within) {
    Endpoint endpoint = endpoint();
    CoapClient client = new CoapClient(uri(""));
    client.setEndpoint(endpoint);
    try {
      return client.ping(within.toMillis());
    } finally {
      endpoint.destroy();
    }
  }

  /** A device with a port of its own. */
  public Link open(String name, int mostWaiting) {
    Endpoint endpoint = endpoint();
    return new AskingLink(
        "coap-" + name, sending -> ask(endpoint, sending), mostWaiting, endpoint::destroy);
  }

  @Override
  public void close() {
    main.shutdownNow();
    secondary.shutdownNow();
  }

  private AskingLink.Outcome ask(Endpoint endpoint, Sending sending) throws InterruptedException {
    Request post = Request.newPost();
    post.setType(Type.CON);
    post.setURI(uri(sending.address()));
    post.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_JSON);
    post.setPayload(sending.json());
    post.send(endpoint);
    Response response = post.waitForResponse(PATIENCE.toMillis());
    if (response == null) {
      post.cancel();
      return new AskingLink.Outcome.Failed("no CoAP response from " + Addresses.text(gateway));
    }
    ResponseCode code = response.getCode();
    if (code.isSuccess()) {
      return new AskingLink.Outcome.Acknowledged();
    }
    return code.isClientError() && code != ResponseCode.TOO_MANY_REQUESTS
        ? new AskingLink.Outcome.Refused("CoAP " + code + " " + response.getPayloadString())
        : new AskingLink.Outcome.Failed("CoAP " + code + " from " + Addresses.text(gateway));
  }

  private String uri(String path) {
    return "coap://" + Addresses.text(gateway) + "/" + path;
  }

  private Endpoint endpoint() {
    CoapEndpoint endpoint =
        CoapEndpoint.builder()
            .setConfiguration(configuration)
            .setInetSocketAddress(new InetSocketAddress(0))
            .build();
    endpoint.setExecutors(main, secondary);
    try {
      endpoint.start();
    } catch (IOException e) {
      throw new UncheckedIOException("no UDP port can be opened", e);
    }
    return endpoint;
  }
}
