package org.linli.edge.flow;

import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.linli.edge.intake.Message;
import org.linli.edge.liveness.Liveness;
import org.linli.edge.liveness.PresenceReporter;
import org.linli.edge.outbox.Outbox;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.Profiles;
import org.springframework.stereotype.Component;

/**
 * The path of an event through the gateway. Start reading here.
 *
 * <pre>
 *   device ──MQTT──▶ intake.mqtt ─┐
 *   device ──CoAP──▶ intake.coap ─┼─▶ message ──▶ profile ──▶ liveness ──▶ presence ──▶ outbox ═══▶ uplink ──▶ hub
 *   device ──HTTP──▶ intake.http ─┤      bytes    │ events    last seen   online again   ▲  disk
 *   broker ──MQTT──▶ intake.broker┘               │                       if offline     └── own: offline, by a ticker
 *      ▲                                          │                                      │
 *      └──────────────────── PUBACK, 2.04, 204 once it is on disk ───────────────────────┘
 *                                                 │
 *                                                 ├─▶ pictures: files on disk
 *                                                 ├─▶ unregistered devices: memory, for the hub
 *                                                 ├─▶ known states: memory; the outbox writes them
 *                                                 └─▶ births, running alarms: memory of formats
 *
 *   MQTT connection breaks ──▶ presence ──▶ grace ──▶ own: offline, by the ticker ──▶ outbox
 * </pre>
 *
 * <p>A message takes the turns of its devices in the profile hop and keeps them up to the outbox,
 * so that what is said of a device gets there in the order in which it was judged.
 *
 * <p>The presence hop puts the gateway's own statement, "online again", before the message of a
 * device that it reported offline.
 *
 * <p>The profile hop does more than it returns. {@code AttachedPictures} writes pictures to disk
 * without an fsync, and removes them if the message is not kept. {@code Recognition} records
 * unregistered devices. {@code KnownStates} changes at once, and back if the message is not kept;
 * the outbox writes the change in the commit of the message. Formats have a memory of their own.
 * What a message changed in {@code EdgeNodes} (Sparkplug) and {@code RunningAlarms} (Hikvision) is
 * undone if the message is not kept, except the metrics of a birth. {@code SupposedKinds} and
 * {@code SourceClocks} keep what they learned.
 *
 * <p>A message that cannot be read takes the same path and becomes a dead letter. After an
 * unforeseen failure the device is answered that nothing was kept, so that it tries again. No
 * message is acknowledged before it is on disk, and none stays without an answer.
 */
@Component
final class EdgeFlow extends RouteConfigurationBuilder {

  private final Profiles profiles;
  private final Liveness liveness;
  private final PresenceReporter presence;
  private final Outbox outbox;
  private final Mishaps mishaps;

  EdgeFlow(
      Profiles profiles,
      Liveness liveness,
      PresenceReporter presence,
      Outbox outbox,
      Mishaps mishaps) {
    this.profiles = profiles;
    this.liveness = liveness;
    this.presence = presence;
    this.outbox = outbox;
    this.mishaps = mishaps;
  }

  /** Brings a message to the outbox in its devices' turns. */
  void inTurn(Runnable way) {
    profiles.inTurn(way);
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
    // A message without a route is answered at once. By default it would block its door for 30 s.
    getCamelContext().getComponent("direct", DirectComponent.class).setBlock(false);
    // No body is a stream, and checking each message for one costs time.
    getCamelContext().setStreamCaching(false);

    from(Message.ENDPOINT)
        .routeId("message")
        .routeConfigurationId("answer-always")
        .process(Hop.of(Message.class, profiles::interpret))
        .id("profile")
        .process(Hop.passing(Interpreted.class, liveness::heard))
        .id("liveness")
        .process(Hop.of(Interpreted.class, presence::heard))
        .id("presence")
        .process(Hop.<Interpreted>each(outbox::offer, mishaps::answer))
        .id("outbox");

    // What the gateway says of devices while they are silent, and again what the disk refused.
    from(OwnEntrance.ENDPOINT)
        .routeId("own")
        .routeConfigurationId("answer-always")
        .process(Hop.passing(Interpreted.class, outbox::offer))
        .id("own-outbox");
  }
}
