package org.linli.sims.simulate;

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
import org.linli.sims.link.Link;
import org.linli.sims.link.MqttLink;
import org.linli.sims.link.Sending;

/** Every simulated device with a connection of its own, as in a real community. */
final class Fleet implements AutoCloseable {

  /** What a device keeps while its gateway is away; after that the day waits. */
  private static final int MOST_WAITING = 2_000;

  private static final int MOST_UNANSWERED = 16;

  private final Wiring wiring;
  private final Tally tally;
  private final Map<DeviceId, Link> links = new HashMap<>();

  Fleet(
      Community community,
      Wiring wiring,
      Tally tally,
      InetSocketAddress mqttGateway,
      CoapLinks coap)
      throws CannotRunException {
    this.wiring = wiring;
    this.tally = tally;
    for (Device device : community.devices()) {
      DeviceId id = device.id();
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

  /** Sends an event as happening at that time; waits while its device can keep no more. */
  void send(SimulatedEvent event, Instant time) throws InterruptedException {
    Link link = links.get(event.device());
    if (link == null) {
      throw new IllegalArgumentException(event.device() + " is not of this community");
    }
    Sending.Answer answer = tally.offer(wiring.protocol(event.device()));
    link.send(new Sending(event.kind(), event.device(), LinliJson.sent(event, time), answer));
  }

  /** What is in the way now, of the first device that has something in its way. */
  Optional<String> trouble() {
    return links.values().stream().flatMap(link -> link.trouble().stream()).findFirst();
  }

  @Override
  public void close() {
    links.values().forEach(Link::close);
  }
}
