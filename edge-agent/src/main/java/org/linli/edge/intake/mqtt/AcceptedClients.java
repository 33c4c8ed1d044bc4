package org.linli.edge.intake.mqtt;

import java.time.InstantSource;
import org.linli.edge.command.Commands;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.mqtt.Admission.Accepted;

/**
 * What the packets of accepted clients are for: the intake takes what they publish, and they hear
 * of commands. Thread-safe.
 *
 * @param search for packets that are too large to be kept
 */
record AcceptedClients(
    MqttSettings settings,
    Intake intake,
    InstantSource clock,
    DeviceSessions sessions,
    Commands commands,
    CommandSubscribers subscribers,
    LifeSearch search) {

  /**
   * @param connection whose session is open
   */
  AcceptedClient of(ClientConnection connection, LoopShare share, Accepted accepted) {
    Deliveries deliveries =
        new Deliveries(
            connection, subscribers, commands, sessions, accepted, share.subscriptions());
    return new AcceptedClient(
        accepted.takenUp(),
        new Publications(connection, intake, clock, settings, sessions, accepted, share),
        new Subscriptions(connection, settings, sessions, commands, accepted, deliveries),
        deliveries,
        accepted.session().expiry());
  }
}
