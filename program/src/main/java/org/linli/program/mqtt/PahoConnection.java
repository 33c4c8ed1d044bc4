package org.linli.program.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.linli.program.thread.OutOfMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to an MQTT 5 server by Paho's client, from its beginning to its end. It never
 * connects again by itself, and keeps nothing on disk. No call waits longer than {@link
 * #ANSWER_WAIT}.
 */
public final class PahoConnection implements AutoCloseable {

  /** How long the server has to answer CONNECT or SUBSCRIBE. */
  public static final Duration ANSWER_WAIT = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(PahoConnection.class);
  private static final Duration FAREWELL_WAIT = Duration.ofSeconds(2);

  /** Receive Maximum if the server names none (MQTT 5 section 3.2.2.3.3). */
  private static final int ANY_NUMBER = 65_535;

  private final PahoSockets sockets;
  private final MqttAsyncClient client;
  private final boolean sessionPresent;
  private final @Nullable Duration grantedExpiry;
  private final int receiveMaximum;

  /** Who sends the acknowledgement of a message of QoS 1. */
  public enum Acknowledgement {
    /** The client, as soon as {@link Callback#arrived} has returned. */
    BY_CLIENT,
    /** The owner of the connection, by {@link #acknowledge}. */
    BY_HAND
  }

  /** Receives events from the client's own threads, for which it must be safe. */
  public interface Callback {

    /**
     * A message came. The messages come one at a time, in order; the connection reads nothing else
     * while this method blocks.
     *
     * <p>If this method throws, {@link #lost} is called and no further message is handed over, so
     * that none is taken before the one that failed.
     */
    void arrived(String topic, MqttMessage message) throws InterruptedException;

    /**
     * The connection has ended or is of no more use, and its owner has to close it. The first call
     * counts; there may be more.
     *
     * @param why a clause to follow "the server is away"
     */
    void lost(String why);

    /**
     * The server ended this connection, because another client connected with the same client id.
     */
    default void takenOver() {
      lost(closedWith(MqttReturnCode.RETURN_CODE_SESSION_TAKEN_OVER));
    }
  }

  /**
   * Connects. The server begins at once to send what its session holds.
   *
   * @param session Clean Start, Session Expiry, Receive Maximum, Keep Alive and will, as the caller
   *     needs them; everything else is set here
   * @param sockets the connection's own, closed with it; their largest packet is announced as
   *     Maximum Packet Size
   * @throws MqttException when the server cannot be reached, does not answer in time or refuses;
   *     nothing of the attempt is left
   */
  public PahoConnection(
      MqttAccount account,
      MqttConnectionOptions session,
      PahoSockets sockets,
      Acknowledgement acknowledgement,
      Callback callback)
      throws MqttException {
    this.sockets = sockets;
    client = new MqttAsyncClient(account.tcp(), account.clientId(), new MemoryPersistence());
    client.setManualAcks(acknowledgement == Acknowledgement.BY_HAND);
    client.setCallback(new Reporting(callback));
    try {
      IMqttToken connected = client.connect(completed(session, account));
      connected.waitForCompletion(ANSWER_WAIT.toMillis());
      sessionPresent = connected.getSessionPresent();
      MqttProperties granted = connected.getResponseProperties();
      Long seconds = granted == null ? null : granted.getSessionExpiryInterval();
      grantedExpiry = seconds == null ? null : Duration.ofSeconds(seconds);
      Integer most = granted == null ? null : granted.getReceiveMaximum();
      receiveMaximum = most == null ? ANY_NUMBER : most;
    } catch (MqttException e) {
      close();
      throw e;
    }
  }

  private MqttConnectionOptions completed(MqttConnectionOptions session, MqttAccount account) {
    session.setSocketFactory(sockets);
    session.setAutomaticReconnect(false);
    session.setMaximumPacketSize(sockets.largestPacket());
    session.setConnectionTimeout(Math.toIntExact(ANSWER_WAIT.toSeconds()));
    if (account.user() != null) {
      session.setUserName(account.user());
    }
    if (account.password() != null) {
      session.setPassword(account.password().getBytes(StandardCharsets.UTF_8));
    }
    return session;
  }

  /** Whether the server still knew the session. */
  public boolean sessionPresent() {
    return sessionPresent;
  }

  /**
   * How long the server keeps the session, if that differs from the requested time; null otherwise.
   */
  public @Nullable Duration grantedExpiry() {
    return grantedExpiry;
  }

  /** How many messages the server takes before it has acknowledged one. */
  public int receiveMaximum() {
    return receiveMaximum;
  }

  /**
   * Subscribes, and waits for the answer. If there is none, the connection is closed.
   *
   * @return the server's reason code for each subscription, in order (MQTT 5 section 3.9.3); fewer
   *     if the server sent fewer
   */
  public int[] subscribe(List<MqttSubscription> subscriptions) throws MqttException {
    try {
      IMqttToken answer = client.subscribe(subscriptions.toArray(MqttSubscription[]::new));
      answer.waitForCompletion(ANSWER_WAIT.toMillis());
      int[] codes = answer.getReasonCodes();
      return codes == null ? new int[0] : codes;
    } catch (MqttException e) {
      close();
      throw e;
    }
  }

  /**
   * Sends a message without waiting for its acknowledgement. Paho applies the largest packet of the
   * sockets here too, and ends the connection at a larger one.
   *
   * @param acknowledged called by the client's thread when it is acknowledged or lost; not called
   *     if this method throws
   * @return complete once the server has acknowledged it
   */
  public IMqttToken publish(
      String topic, MqttMessage message, @Nullable MqttActionListener acknowledged)
      throws MqttException {
    return client.publish(topic, message, null, acknowledged);
  }

  /**
   * Acknowledges a message that arrived on this connection. At QoS 0 there is nothing to do.
   *
   * @param packetId the message's id
   */
  public void acknowledge(int packetId, int qos) throws MqttException {
    client.messageArrivedComplete(packetId, qos);
  }

  /**
   * Disconnects within two seconds, and ends every thread of the client, whatever the server does.
   * The server does not publish the will, and keeps the session as long as was agreed.
   */
  @Override
  public void close() {
    try {
      if (client.isConnected()) {
        client.disconnect(0).waitForCompletion(FAREWELL_WAIT.toMillis());
      }
    } catch (MqttException alreadyGone) {
      log.atDebug().setCause(alreadyGone).log("The connection ended by itself");
    } finally {
      sockets.close();
    }
  }

  /**
   * Why a server cannot be used.
   *
   * @return a clause to follow "the server is away"
   */
  public static String why(MqttException e) {
    return PacketRefusedException.sentenceIn(e).orElseGet(e::toString);
  }

  private static String closedWith(int reasonCode) {
    return "it closed the connection with reason code 0x%02X".formatted(reasonCode);
  }

  private static final class Reporting implements MqttCallback {

    private final Callback callback;

    /** Used by the client's thread for messages only. */
    private boolean failed;

    Reporting(Callback callback) {
      this.callback = callback;
    }

    /** Throws nothing, because Paho would keep out-of-memory errors to itself. */
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      if (failed) {
        return;
      }
      try {
        callback.arrived(topic, message);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failed("the client was interrupted");
      } catch (RuntimeException | Error defect) {
        OutOfMemory.endsTheProgram(defect);
        failed("what it said could not be taken: " + defect);
      }
    }

    private void failed(String why) {
      failed = true;
      callback.lost(why);
    }

    /**
     * Leaves out what caused the cause: it differs from one end to the next, and each sentence is
     * logged once.
     */
    @Override
    public void disconnected(MqttDisconnectResponse response) {
      MqttException cause = response.getException();
      if (cause != null) {
        callback.lost(
            PacketRefusedException.sentenceIn(cause)
                .orElseGet(() -> String.valueOf(cause.getMessage())));
      } else if (response.getReturnCode() == MqttReturnCode.RETURN_CODE_SESSION_TAKEN_OVER) {
        callback.takenOver();
      } else {
        callback.lost(closedWith(response.getReturnCode()));
      }
    }

    @Override
    public void mqttErrorOccurred(MqttException cause) {
      log.atDebug().setCause(cause).log("The client reports an error");
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean again, String address) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
