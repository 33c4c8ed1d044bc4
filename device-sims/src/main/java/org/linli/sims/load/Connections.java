package org.linli.sims.load;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.link.Addresses;
import org.linli.sims.link.CoapLinks;
import org.linli.sims.link.ConnectPace;
import org.linli.sims.link.HttpLinks;
import org.linli.sims.link.Link;
import org.linli.sims.link.MqttLink;
import org.linli.sims.link.MqttVersion;
import org.linli.sims.link.Probe;

/** A number of connections to one gateway. */
final class Connections implements AutoCloseable {

  /** The limit over all connections together; beyond it the sender blocks. */
  private static final int MOST_HELD = 200_000;

  private static final int MOST_UNANSWERED = 1_000;
  private static final long POLL_MILLIS = 20;

  /** Where a gateway listens. */
  record Gateway(URI mqtt, URI coap, URI http) {}

  /**
   * One connection to open.
   *
   * @param protocol never mixed
   * @param name its name at the gateway
   */
  record Opening(LoadProtocol protocol, String name) {}

  /**
   * The connections to open.
   *
   * @param names the prefix of the connections' names
   * @param qos of what is published over MQTT
   * @param resends whether unanswered events are sent again
   * @param connectRate the most MQTT connections opened in a second, also after the gateway was
   *     away
   * @param window how many events may be unanswered on each connection, 0 for as many as there is
   *     room for
   */
  record Plan(List<Opening> openings, int qos, boolean resends, int connectRate, int window) {

    Plan {
      openings = List.copyOf(openings);
    }

    int number() {
      return openings.size();
    }

    private boolean uses(LoadProtocol protocol) {
      return openings.stream().anyMatch(opening -> opening.protocol() == protocol);
    }

    private int mostHeld() {
      return window > 0 ? window : Math.max(10, MOST_HELD / number());
    }

    /** A time long enough for all to connect in turn. */
    Duration readyWithin(Duration patience) {
      return patience.plusSeconds(number() / connectRate);
    }
  }

  /** One of them; {@code protocol} is never mixed. */
  record Connection(int index, LoadProtocol protocol, String name, Link link) {}

  /**
   * This many connections of one load.
   *
   * @param names the prefix of their names
   */
  static List<Opening> openings(String names, LoadProtocol protocol, int number) {
    return IntStream.range(0, number)
        .mapToObj(
            i ->
                new Opening(
                    protocol.ofConnection(i), names + ProcessHandle.current().pid() + "-" + i))
        .toList();
  }

  private final List<Connection> connections = new ArrayList<>();
  private final HttpLinks http;

  Connections(Gateway gateway, Plan plan) throws CannotRunException {
    InetSocketAddress mqttAddress = Addresses.of(gateway.mqtt(), "mqtt", Addresses.MQTT_PORT);
    CoapLinks coap =
        new CoapLinks(Addresses.of(gateway.coap(), "coap", Addresses.COAP_PORT), plan.resends());
    http = new HttpLinks(gateway.http(), plan.resends());
    ConnectPace pace = ConnectPace.perSecond(plan.connectRate());
    int most = plan.mostHeld();
    for (int i = 0; i < plan.number(); i++) {
      LoadProtocol one = plan.openings().get(i).protocol();
      String name = plan.openings().get(i).name();
      Link link =
          switch (one) {
            case COAP -> coap.open(name, most);
            case HTTP -> http.open(name, most);
            case MQTT, MIXED ->
                new MqttLink(
                    mqttAddress,
                    name,
                    new MqttLink.Manner(
                        i % 2 == 0 ? MqttVersion.V5 : MqttVersion.V3_1_1,
                        plan.qos(),
                        plan.resends(),
                        Math.min(most, MOST_UNANSWERED),
                        most),
                    pace);
          };
      connections.add(new Connection(i, one, name, link));
    }
  }

  /** Checks that the gateway listens before the load starts. */
  static void require(Gateway gateway, Plan plan) throws CannotRunException, InterruptedException {
    if (plan.uses(LoadProtocol.MQTT)) {
      Probe.requireTcp(gateway.mqtt(), "mqtt", Addresses.MQTT_PORT, "--mqtt", Duration.ZERO);
    }
    if (plan.uses(LoadProtocol.COAP)) {
      Probe.requireCoap(gateway.coap(), "--coap");
    }
    if (plan.uses(LoadProtocol.HTTP)) {
      Probe.requireTcp(gateway.http(), "http", 8081, "--http", Duration.ZERO);
    }
  }

  /** Waits until all are ready, at most that long: connecting must not be measured. */
  void awaitReady(Duration patience) throws InterruptedException {
    long since = System.nanoTime();
    while (ready() < connections.size() && System.nanoTime() - since < patience.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** How many can send at once; one without a session, as with CoAP, always can. */
  int ready() {
    int ready = 0;
    for (Connection connection : connections) {
      ready += connection.link().ready() ? 1 : 0;
    }
    return ready;
  }

  List<Connection> all() {
    return List.copyOf(connections);
  }

  /** The connection of a device. */
  Connection of(int turn) {
    return connections.get(turn % connections.size());
  }

  Optional<String> trouble() {
    return connections.stream()
        .flatMap(connection -> connection.link().trouble().stream())
        .findFirst();
  }

  @Override
  public void close() {
    connections.forEach(connection -> connection.link().close());
    http.close();
  }
}
