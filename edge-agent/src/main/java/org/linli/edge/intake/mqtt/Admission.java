package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.DeviceSessions.Opened;
import org.linli.edge.intake.DeviceSessions.Opening;
import org.linli.edge.intake.mqtt.access.Clients;
import org.linli.edge.intake.mqtt.access.Clients.SignIn;
import org.linli.edge.intake.mqtt.access.Rights;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts or refuses a client. Runs on the connection's event loop. No packet is read while a step
 * waits for another thread.
 *
 * <pre>
 *   CONNECT ─▶ fit? ─▶ password ─▶ former connection at its end ─▶ session from disk ─▶ accepted
 * </pre>
 */
final class Admission {

  private static final Logger log = LoggerFactory.getLogger(Admission.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final Applicant connection;
  private final Clients clients;
  private final Wills wills;
  private final ConnectedClients connected;
  private final MqttSettings settings;
  private final DeviceSessions sessions;

  private @Nullable Session asking;

  /** Whether the client has its place and its session is being opened. */
  private boolean opening;

  /** The will that was given room, until the client is accepted with it. */
  private @Nullable Will will;

  /** The next connection of the same client, which waits for this one to be finished. */
  private @Nullable Runnable successor;

  /** The connection of a client that asks for admission. */
  interface Applicant extends ClientConnection, ConnectedClients.Client {

    @Override
    Place place();

    /** The client is accepted and its session is open. */
    void accepted(Accepted accepted);

    /** Sends CONNACK with the reason of the refusal, and closes. */
    void refuse(MqttConnectReturnCode code);

    /** Closes without a packet, if the protocol has none. */
    void turnAway();
  }

  Admission(
      Applicant connection,
      Clients clients,
      Wills wills,
      ConnectedClients connected,
      MqttSettings settings,
      DeviceSessions sessions) {
    this.connection = connection;
    this.clients = clients;
    this.wills = wills;
    this.connected = connected;
    this.settings = settings;
    this.sessions = sessions;
  }

  /**
   * An accepted client.
   *
   * @param will the will that is published if the connection breaks; null for none
   * @param patience how long the client may be silent; zero for no limit
   */
  record Accepted(
      Session session, Opened opened, @Nullable Will will, Rights rights, Duration patience) {

    /** The same, without the session's contents, once other objects hold them. */
    Accepted takenUp() {
      return new Accepted(session, opened.takenUp(), will, rights, patience);
    }
  }

  /** Whether a CONNECT was read. No other may follow. */
  boolean hasBegun() {
    return asking != null;
  }

  void asked(MqttConnectMessage connect) {
    MqttProperties properties = connect.variableHeader().properties();
    if (properties.getProperty(MqttPropertyType.AUTHENTICATION_METHOD.value()) != null) {
      connection.refuse(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD);
      return;
    }
    boolean clean = connect.variableHeader().isCleanSession();
    Session session =
        Session.open(
            connect.variableHeader().version(),
            connect.payload().clientIdentifier(),
            clean,
            properties,
            settings.sessionExpiry());
    asking = session;
    if (!session.takesAnything()) {
      connection.refuse(MqttConnectReturnCode.CONNECTION_REFUSED_PROTOCOL_ERROR);
      return;
    }
    if (session.clientId().length() > Session.LONGEST_CLIENT_ID
        || session.wasNameless() && !clean && !session.speaksMqtt5()) {
      connection.refuse(session.identifierRefused());
      return;
    }
    Will asked = Will.of(connect, session).orElse(null);
    if (asked != null && !isFit(asked, session)) {
      return;
    }
    // Packets after the CONNECT wait until the session is open.
    connection.pause();
    Duration patience = Duration.ofMillis(connect.variableHeader().keepAliveTimeSeconds() * 1_500L);
    MqttConnectPayload payload = connect.payload();
    var _ =
        clients
            .signIn(
                new Clients.ClientId(session.clientId(), session.wasNameless()),
                connection.place().network(),
                payload.userName(),
                payload.passwordInBytes())
            .whenComplete(
                (signIn, failed) ->
                    connection.execute(() -> signedIn(session, asked, patience, signIn, failed)));
  }

  /** Refuses a will that could never be published, while the client can still get an answer. */
  private boolean isFit(Will asked, Session session) {
    MqttConnectReturnCode code;
    if (!asked.hasTopic()) {
      code = MqttConnectReturnCode.CONNECTION_REFUSED_TOPIC_NAME_INVALID;
    } else if (asked.length() > settings.maxWillSize().toBytes()) {
      code = MqttConnectReturnCode.CONNECTION_REFUSED_PACKET_TOO_LARGE;
    } else {
      return true;
    }
    logRefusal(session, code);
    if (session.speaksMqtt5()) {
      connection.refuse(code);
    } else {
      connection.turnAway();
    }
    return false;
  }

  private void signedIn(
      Session session,
      @Nullable Will left,
      Duration patience,
      @Nullable SignIn signIn,
      @Nullable Throwable failed) {
    if (connection.isClosed()) {
      return;
    }
    switch (signIn) {
      case SignIn.Authorized(var rights) when left != null && !left.isWithin(rights) ->
          turnedDown(session, session.notAuthorized());
      case SignIn.Authorized(var _) when left != null && !wills.entered(left) ->
          turnedDown(session, session.full());
      case SignIn.Authorized(var rights) -> {
        will = left;
        enter(session, rights, patience);
      }
      case SignIn.WrongPassword() -> turnedDown(session, session.wrongPassword());
      case SignIn.NotAuthorized() -> turnedDown(session, session.notAuthorized());
      case SignIn.Busy() -> turnedDown(session, session.full());
      case null -> {
        log.atError()
            .addKeyValue("source", session.source())
            .setCause(failed)
            .log("A password could not be checked");
        connection.refuse(session.unavailable());
      }
    }
  }

  private void turnedDown(Session session, MqttConnectReturnCode code) {
    logRefusal(session, code);
    connection.refuse(code);
  }

  private static void logRefusal(Session session, MqttConnectReturnCode code) {
    limited
        .atInfo("turned-down")
        .addKeyValue("source", session.source())
        .addKeyValue("code", code)
        .log("A client is not let in");
  }

  private void enter(Session session, Rights rights, Duration patience) {
    opening = true;
    Runnable whenAlone = () -> connection.execute(() -> openSession(session, rights, patience));
    if (!connected.entered(session.clientId(), connection, whenAlone)) {
      opening = false;
      connection.refuse(session.full());
    }
  }

  private void openSession(Session session, Rights rights, Duration patience) {
    if (connection.isClosed()) {
      settled(session);
      return;
    }
    Opening wanted =
        new Opening(session.clientId(), session.clean(), session.expiry(), settings.maxSessions());
    var _ =
        sessions
            .open(wanted)
            .whenComplete(
                (opened, failed) ->
                    connection.execute(
                        () -> {
                          try {
                            opened(session, rights, patience, opened, failed);
                          } finally {
                            settled(session);
                          }
                        }));
  }

  private void opened(
      Session session,
      Rights rights,
      Duration patience,
      Opened opened,
      @Nullable Throwable failed) {
    if (failed != null) {
      connection.refuse(session.unavailable());
    } else if (!connection.isClosed()) {
      Session agreed = opened.isKept() ? session : session.unkept();
      Will entered = will;
      will = null;
      connection.accepted(new Accepted(agreed, opened, entered, rights, patience));
    } else if (opened.isKept()) {
      sessions.left(opened.number(), session.expiry());
    }
  }

  /**
   * Opening is finished, even if the connection was closed meanwhile; a waiting successor may go
   * on.
   */
  private void settled(Session session) {
    opening = false;
    connected.settled(session.clientId());
    if (connection.isClosed()) {
      connected.left(session.clientId(), connection);
    }
    Runnable next = successor;
    successor = null;
    if (next != null) {
      next.run();
    }
  }

  /** The connection was closed. It keeps its place until its session is settled. */
  void ended() {
    Will unsaid = will;
    will = null;
    if (unsaid != null) {
      wills.dropped(unsaid);
    }
    Session session = asking;
    if (session != null && !opening) {
      connected.left(session.clientId(), connection);
    }
  }

  /** Calls {@code next} once the closed connection has made its last request for the session. */
  void whenSettled(Runnable next) {
    if (opening) {
      successor = next;
    } else {
      next.run();
    }
  }
}
