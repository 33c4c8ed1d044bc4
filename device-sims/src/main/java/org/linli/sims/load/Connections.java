package org.linli.sims.load;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.link.Addresses;
import org.linli.sims.link.CoapLinks;
import org.linli.sims.link.HttpLinks;
import org.linli.sims.link.Link;
import org.linli.sims.link.MqttLink;
import org.linli.sims.link.MqttVersion;
import org.linli.sims.link.Probe;

/** So many connections to one gateway. */
final class Connections implements AutoCloseable {

  /** Over all connections together; what is beyond waits with its sender. */
  private static final int MOST_HELD = 200_000;

  private static final int MOST_UNANSWERED = 1_000;
  private static final long POLL_MILLIS = 20;

  /** Where a gateway listens. */
  record Gateway(URI mqtt, URI coap, URI http) {}

  private final List<Link> links = new ArrayList<>();
  private final CoapLinks coap;
  private final HttpLinks http;

  Connections(Gateway gateway, LoadProtocol protocol, int number) throws CannotRunException {
    InetSocketAddress mqttAddress = Addresses.of(gateway.mqtt(), "mqtt", Addresses.MQTT_PORT);
    coap = new CoapLinks(Addresses.of(gateway.coap(), "coap", Addresses.COAP_PORT));
    http = new HttpLinks(gateway.http());
    int most = Math.max(10, MOST_HELD / number);
    for (int i = 0; i < number; i++) {
      LoadProtocol one = protocol.ofConnection(i);
      String name = "load-" + ProcessHandle.current().pid() + "-" + i;
      links.add(
          switch (one) {
            case COAP -> coap.open(name, most);
            case HTTP -> http.open(name, most);
            case MQTT, MIXED ->
                new MqttLink(
                    mqttAddress,
                    name,
                    i % 2 == 0 ? MqttVersion.V5 : MqttVersion.V3_1_1,
                    Math.min(most, MOST_UNANSWERED),
                    most);
          });
    }
  }

  /** Asks whether anybody listens, before a load is thrown at it. */
  static void require(Gateway gateway, LoadProtocol protocol, int number)
      throws CannotRunException, InterruptedException {
    if (protocol.uses(LoadProtocol.MQTT, number)) {
      Probe.requireTcp(gateway.mqtt(), "mqtt", Addresses.MQTT_PORT, "--mqtt", Duration.ZERO);
    }
    if (protocol.uses(LoadProtocol.COAP, number)) {
      Probe.requireCoap(gateway.coap(), "--coap");
    }
    if (protocol.uses(LoadProtocol.HTTP, number)) {
      Probe.requireTcp(gateway.http(), "http", 8081, "--http", Duration.ZERO);
    }
  }

  /** Waits until all are ready, for so long at most: connecting is not what is to be measured. */
  void awaitReady(Duration patience) throws InterruptedException {
    long since = System.nanoTime();
    while (!links.stream().allMatch(Link::ready)
        && System.nanoTime() - since < patience.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  Link of(int turn) {
    return links.get(turn % links.size());
  }

  Optional<String> trouble() {
    return links.stream().flatMap(link -> link.trouble().stream()).findFirst();
  }

  @Override
  public void close() {
    links.forEach(Link::close);
    coap.close();
    http.close();
  }
}
