package org.linli.sims.simulate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.linli.event.DeviceId;
import org.linli.sims.community.Community;
import org.linli.sims.community.Community.Device;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.day.LinliJson;
import org.linli.sims.day.SimulatedEvent;
import org.linli.sims.link.CoapLinks;
import org.linli.sims.link.ConnectPace;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Link;
import org.linli.sims.link.MqttLink;
import org.linli.sims.link.Sending;

/** Every simulated device with a connection of its own, as in a real community. */
final class Fleet implements AutoCloseable {

  /** How many events a device keeps while its gateway is away; after that the day pauses. */
  private static final int MOST_WAITING = 2_000;

  private static final int MOST_UNANSWERED = 16;

  private final Wiring wiring;
  private final Tally<Protocol> tally;
  private final Recording recording;
  private final Map<DeviceId, Link> links = new HashMap<>();
  private final Map<DeviceId, Integer> connections = new HashMap<>();

  Fleet(
      Community community,
      Wiring wiring,
      Tally<Protocol> tally,
      Recording recording,
      InetSocketAddress mqttGateway,
      CoapLinks coap)
      throws CannotRunException, IOException {
    this.wiring = wiring;
    this.tally = tally;
    this.recording = recording;
    for (Device device : community.devices()) {
      DeviceId id = device.id();
      connections.put(id, recording.connection(wiring.protocol(id).toString(), id.value()));
      links.put(
          id,
          switch (wiring.protocol(id)) {
            case COAP -> coap.open(id.value(), MOST_WAITING);
            case MQTT ->
                new MqttLink(
                    mqttGateway,
                    id.value(),
                    MqttLink.Manner.atLeastOnce(
                        wiring.mqttVersion(id), MOST_UNANSWERED, MOST_WAITING),
                    ConnectPace.unlimited());
          });
    }
  }

  /** Sends an event as happening at that time; blocks while its device's queue is full. */
  void send(SimulatedEvent event, Instant time) throws InterruptedException, IOException {
    Link link = links.get(event.device());
    if (link == null) {
      throw new IllegalArgumentException(event.device() + " is not of this community");
    }
    SimulatedEvent sent =
        new SimulatedEvent(
            time, event.device(), event.kind(), event.type(), event.id(), event.values());
    Sending.Answer answer =
        recording.offered(
            connections.getOrDefault(event.device(), 0),
            sent,
            tally.offer(wiring.protocol(event.device())));
    link.send(
        new Sending(
            Letter.ofLinli(event.kind(), event.device(), LinliJson.sent(event, time)), answer));
  }

  /** The current problem of the first device that has one. */
  Optional<String> trouble() {
    return links.values().stream().flatMap(link -> link.trouble().stream()).findFirst();
  }

  @Override
  public void close() {
    links.values().forEach(Link::close);
  }
}
