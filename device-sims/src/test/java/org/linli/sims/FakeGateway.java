package org.linli.sims;

import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;

/** Something that answers like a gateway at once, from libraries that others wrote. */
final class FakeGateway implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final MqttServer mqtt;
  private final CoapServer coap;
  private final List<String> overMqtt = new CopyOnWriteArrayList<>();
  private final List<String> overCoap = new CopyOnWriteArrayList<>();
  private final AtomicInteger leftUnanswered;

  /** A gateway that never answers the first so many publishes of MQTT. */
  FakeGateway(int unanswered) {
    leftUnanswered = new AtomicInteger(unanswered);
    mqtt =
        MqttServer.create(vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(0))
            .endpointHandler(
                endpoint -> {
                  endpoint.publishHandler(
                      message -> {
                        if (leftUnanswered.getAndDecrement() > 0) {
                          endpoint.close();
                          return;
                        }
                        overMqtt.add(message.payload().toString(StandardCharsets.UTF_8));
                        endpoint.publishAcknowledge(message.messageId());
                      });
                  endpoint.accept(false);
                })
            .listen()
            .await();
    CoapConfig.register();
    UdpConfig.register();
    Configuration configuration = Configuration.createStandardWithoutFile();
    coap = new CoapServer(configuration);
    coap.addEndpoint(
        CoapEndpoint.builder()
            .setConfiguration(configuration)
            .setInetSocketAddress(new InetSocketAddress("127.0.0.1", 0))
            .build());
    coap.add(new Intake());
    coap.start();
  }

  String mqttUri() {
    return "mqtt://127.0.0.1:" + mqtt.actualPort();
  }

  String coapUri() {
    return "coap://127.0.0.1:" + coap.getEndpoints().getFirst().getAddress().getPort();
  }

  List<String> overMqtt() {
    return overMqtt;
  }

  List<String> overCoap() {
    return overCoap;
  }

  @Override
  public void close() {
    coap.destroy();
    vertx.close().await();
  }

  private final class Intake extends CoapResource {

    private Intake() {
      super("linli");
    }

    @Override
    public Resource getChild(String name) {
      return this;
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
      overCoap.add(exchange.getRequestText());
      exchange.respond(ResponseCode.CHANGED);
    }
  }
}
