package org.linli.edge.intake.mqtt;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.ConnectionListener;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Refusals;
import org.linli.edge.intake.mqtt.Admission.Accepted;
import org.linli.edge.intake.mqtt.access.Clients;

/**
 * How connections come and go: who may connect, who is connected, and what follows the end of a
 * connection. Thread-safe.
 */
final class ConnectionLifecycle {

  private final MqttSettings settings;
  private final DeviceSessions sessions;
  private final Clients clients;
  private final ConnectedClients connected;
  private final Wills wills;
  private final ConnectionListener listener;
  private final Refusals refusals;
  private final AtomicLong lastNumber = new AtomicLong();

  ConnectionLifecycle(
      MqttSettings settings,
      DeviceSessions sessions,
      Clients clients,
      ConnectedClients connected,
      Wills wills,
      ConnectionListener listener,
      Refusals refusals) {
    this.settings = settings;
    this.sessions = sessions;
    this.clients = clients;
    this.connected = connected;
    this.wills = wills;
    this.listener = listener;
    this.refusals = refusals;
  }

  /** A new connection's number, higher than all before. */
  long nextNumber() {
    return lastNumber.incrementAndGet();
  }

  Admission admission(Admission.Applicant connection) {
    return new Admission(connection, clients, wills, connected, settings, sessions);
  }

  /** The client is back, before it hears so. */
  void accepted(Accepted accepted) {
    wills.back(accepted.session().clientId(), accepted.opened().present());
  }

  /** The client heard that it is accepted. */
  void letIn(Place place) {
    connected.places().letIn(place);
  }

  /** The client was to leave but began to publish. */
  void stays(Place place) {
    connected.places().stays(place);
  }

  /**
   * Something of a client was refused that is no message.
   *
   * @param client null before it was accepted
   */
  void refused(@Nullable AcceptedClient client, Refusals.Unkept what) {
    if (client == null) {
      refusals.count(Refusals.Door.MQTT, what);
    } else {
      refusals.count(Refusals.Door.MQTT, what, client.session().clientId());
    }
  }

  /** As above, for a reason that a message may have too. */
  void refused(@Nullable AcceptedClient client, RefusalReason reason) {
    if (client == null) {
      refusals.count(Refusals.Door.MQTT, reason);
    } else {
      refusals.count(Refusals.Door.MQTT, reason, client.session().clientId());
    }
  }

  /** The last request for the client's session, before its place is free. */
  void ending(AcceptedClient client) {
    client.keepSession(sessions);
  }

  /** The client's place is free. */
  void left(AcceptedClient client, long number, ConnectionEnd ending) {
    client.left(ending, wills);
    ending.why().ifPresent(why -> listener.broken(number, why));
  }
}
