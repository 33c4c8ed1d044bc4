package org.linli.sims;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Something that answers like a gateway at once, from libraries that others wrote. */
final class FakeGateway implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final MqttServer mqtt;
  private final CoapServer coap;
  private final HttpServer http;
  private final List<String> overMqtt = new CopyOnWriteArrayList<>();
  private final List<String> overCoap = new CopyOnWriteArrayList<>();
  private final List<String> overHttp = new CopyOnWriteArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger leftUnanswered;

  /** A gateway that never answers the first so many publishes of MQTT. */
  FakeGateway(int unanswered) {
    leftUnanswered = new AtomicInteger(unanswered);
    mqtt =
        MqttServer.create(vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(0))
            .endpointHandler(
                endpoint -> {
                  endpoint.publishReleaseHandler(endpoint::publishComplete);
                  endpoint.publishHandler(
                      message -> {
                        if (leftUnanswered.getAndDecrement() > 0) {
                          endpoint.close();
                          return;
                        }
                        String json = message.payload().toString(StandardCharsets.UTF_8);
                        overMqtt.add(json);
                        receive(message.topicName(), json);
                        if (message.qosLevel() == MqttQoS.AT_LEAST_ONCE) {
                          endpoint.publishAcknowledge(message.messageId());
                        } else if (message.qosLevel() == MqttQoS.EXACTLY_ONCE) {
                          endpoint.publishReceived(message.messageId());
                        }
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
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/linli", this::post);
    http.start();
  }

  String mqttUri() {
    return "mqtt://127.0.0.1:" + mqtt.actualPort();
  }

  String coapUri() {
    return "coap://127.0.0.1:" + coap.getEndpoints().getFirst().getAddress().getPort();
  }

  String httpUri() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  List<String> overMqtt() {
    return overMqtt;
  }

  List<String> overCoap() {
    return overCoap;
  }

  List<String> overHttp() {
    return overHttp;
  }

  /** Everything in the order it came, in Linli JSON with the kind that stood in its address. */
  List<String> received() {
    return received;
  }

  @Override
  public void close() {
    http.stop(0);
    coap.destroy();
    vertx.close().await();
  }

  private void receive(String address, String json) {
    ObjectNode event = (ObjectNode) JsonMapper.shared().readTree(json);
    received.add(event.put("kind", address.split("/")[1]).toString());
  }

  private void post(HttpExchange exchange) throws IOException {
    try (exchange) {
      String json = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      overHttp.add(json);
      receive(exchange.getRequestURI().getPath().substring(1), json);
      exchange.sendResponseHeaders(204, -1);
    }
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
      receive(exchange.getRequestOptions().getUriPathString(), exchange.getRequestText());
      exchange.respond(ResponseCode.CHANGED);
    }
  }
}
