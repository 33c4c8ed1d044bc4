package org.linli.edge.intake.mqtt;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The connected clients by client id, and their places. Thread-safe. */
final class ConnectedClients {

  /** The connection of a client. */
  interface Client {

    Place place();

    /** Whether its CONNECT was accepted. Called from any thread. */
    boolean isLetIn();

    /**
     * Closes the connection because another came with the same client id (MQTT 5 section 3.1.4).
     *
     * @param whenAtItsEnd called once this one has made its last request for the session
     */
    void takenOver(Runnable whenAtItsEnd);

    /** Closes the connection because the gateway stops. */
    void shutDown();
  }

  /**
   * How many connections of one client may wait for their session. While the disk hangs, a client
   * that keeps coming back would otherwise hold one more each time.
   */
  static final int MOST_UNSETTLED = 8;

  private final Map<String, Client> clients = new ConcurrentHashMap<>();

  /** How many connections of each client have entered and not settled, even if they are closed. */
  private final Map<String, Integer> unsettled = new ConcurrentHashMap<>();

  private final Places places;

  ConnectedClients(Places places) {
    this.places = places;
  }

  Places places() {
    return places;
  }

  /** Number of connected clients. */
  int number() {
    return clients.size();
  }

  /** Whether a client is connected and its CONNECT was accepted. */
  boolean isConnected(String clientId) {
    Client client = clients.get(clientId);
    return client != null && client.isLetIn();
  }

  /**
   * Gives a client a place. A connection with the same client id is closed. If all places are in
   * use, another client is evicted.
   *
   * @param whenAlone called once the former connection has made its last request for the session,
   *     from any thread
   * @return whether there is room; then {@link #settled} must follow, whatever happens
   */
  boolean entered(String clientId, Client client, Runnable whenAlone) {
    if (unsettled.merge(clientId, 1, Integer::sum) > MOST_UNSETTLED
        || !clients.containsKey(clientId) && !places.enter(client.place())) {
      settled(clientId);
      return false;
    }
    Client former = clients.put(clientId, client);
    places.enterFor(former == null ? null : former.place(), client.place());
    if (former == null) {
      whenAlone.run();
    } else {
      former.takenOver(whenAlone);
    }
    return true;
  }

  /** A connection of that client has made its last request for the session. */
  void settled(String clientId) {
    unsettled.computeIfPresent(clientId, (_, number) -> number == 1 ? null : number - 1);
  }

  void left(String clientId, Client client) {
    if (clients.remove(clientId, client)) {
      places.left(client.place());
    }
  }

  /** Closes all connections because the gateway stops. */
  void shutDown() {
    clients.values().forEach(Client::shutDown);
  }

  /** Removes the clients that are still there after the door is closed. */
  void clear() {
    Map.copyOf(clients).forEach(this::left);
  }
}
