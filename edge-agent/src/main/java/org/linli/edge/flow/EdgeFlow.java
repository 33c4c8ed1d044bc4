package org.linli.edge.flow;

import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.linli.edge.intake.Message;
import org.linli.edge.liveness.Liveness;
import org.linli.edge.liveness.Presence;
import org.linli.edge.outbox.Outbox;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.Profiles;
import org.springframework.stereotype.Component;

/**
 * The way of an event through the gateway. Start reading here.
 *
 * <pre>
 *   device ──MQTT──▶ intake.mqtt ─┐
 *   device ──CoAP──▶ intake.coap ─┼─▶ message ──▶ profile ──▶ liveness ──▶ outbox ═══▶ uplink ──▶ hub
 *   device ──HTTP──▶ intake.http ─┤      bytes      events      who spoke    disk
 *   broker ──MQTT──▶ intake.broker┘
 *      ▲                                                                      │
 *      └──────────────── PUBACK, 2.04, 204 once it is on disk ────────────────┘
 * </pre>
 *
 * <p>What cannot be read goes the same way, to become a dead letter. Whatever fails unforeseen on
 * the way answers the device that nothing was kept, so that it tries again: no message is
 * acknowledged without the disk, and none is left without an answer.
 */
@Component
final class EdgeFlow extends RouteConfigurationBuilder {

  private final Profiles profiles;
  private final Liveness liveness;
  private final Presence presence;
  private final Outbox outbox;
  private final Mishaps mishaps;

  EdgeFlow(
      Profiles profiles, Liveness liveness, Presence presence, Outbox outbox, Mishaps mishaps) {
    this.profiles = profiles;
    this.liveness = liveness;
    this.presence = presence;
    this.outbox = outbox;
    this.mishaps = mishaps;
  }

  @Override
  public void configuration() {
    routeConfiguration("answer-always")
        .onException(Throwable.class)
        .handled(true)
        .bean(mishaps, "answer");
  }

  @Override
  public void configure() {
    // A message that finds no route is answered at once instead of holding its door for 30 s.
    getCamelContext().getComponent("direct", DirectComponent.class).setBlock(false);
    // There is no stream among what is carried, and looking for one costs time with each message.
    getCamelContext().setStreamCaching(false);

    from(Message.ENDPOINT)
        .routeId("message")
        .routeConfigurationId("answer-always")
        .process(Hop.of(Message.class, profiles::interpret))
        .id("profile")
        .to("direct:interpreted");

    from("direct:interpreted")
        .routeId("interpreted")
        .routeConfigurationId("answer-always")
        .process(Hop.passing(Interpreted.class, liveness::heard))
        .id("liveness")
        .process(Hop.passing(Interpreted.class, presence::heard))
        .id("presence")
        .process(Hop.passing(Interpreted.class, outbox::offer))
        .id("outbox");
  }
}
