package org.linli.edge.intake;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.linli.edge.command.CommandAddress;

/**
 * Sessions of MQTT clients that outlive their connection, on disk (MQTT 5 section 4.1). Each future
 * is completed after the commit, from the writer thread. It completes exceptionally when the disk
 * refuses or the gateway stops. Requests are carried out in the order in which they are made.
 */
public interface DeviceSessions {

  /**
   * What a client asks for in its CONNECT.
   *
   * @param clean whether an earlier session is to be discarded
   * @param expiry how long the session outlives the connection; zero for not at all
   * @param most how many sessions may be kept
   */
  record Opening(String client, boolean clean, Duration expiry, int most) {}

  /**
   * The result of opening a session.
   *
   * @param number names the session and is never used again; 0 if nothing is kept, because the
   *     client did not ask for it or because there is no room
   * @param present whether it continues an earlier session
   * @param unreleased packet ids that were answered with PUBREC and wait for their PUBREL
   * @param subscriptions what the client is subscribed to
   */
  record Opened(
      long number, boolean present, PacketIds unreleased, List<Subscription> subscriptions) {

    /** No session is kept. */
    public static final Opened NOTHING = new Opened(0, false, new PacketIds(), List.of());

    public Opened {
      unreleased = new PacketIds(unreleased);
      subscriptions = List.copyOf(subscriptions);
    }

    public boolean isKept() {
      return number != 0;
    }

    /** The same session without its contents, once other objects hold them. */
    public Opened takenUp() {
      return new Opened(number, present, new PacketIds(), List.of());
    }
  }

  /**
   * A subscription to the commands of a device, and how far its client has got.
   *
   * @param qos 0 or 1
   * @param retainAsPublished whether delivered messages carry the RETAIN flag (MQTT 5 section
   *     3.8.3.1)
   * @param reached sequence of the last command that needs no more delivery; 0 for none
   * @param packetId under which a later command was sent and is not acknowledged; 0 for none
   * @param sent sequence of that later command; 0 for none
   */
  record Subscription(
      CommandAddress address,
      int qos,
      boolean retainAsPublished,
      long reached,
      int packetId,
      long sent) {

    /** Commands up to this sequence need no more delivery. */
    public Subscription reaching(long sequence) {
      return new Subscription(address, qos, retainAsPublished, sequence, 0, 0);
    }

    /** This command was sent and is not acknowledged. */
    public Subscription sending(int id, long sequence) {
      return new Subscription(address, qos, retainAsPublished, reached, id, sequence);
    }

    /** The same, with new subscription options. */
    public Subscription asking(int otherQos, boolean asPublished) {
      return new Subscription(address, otherQos, asPublished, reached, packetId, sent);
    }
  }

  /** Resumes, begins or discards a session. */
  CompletableFuture<Opened> open(Opening opening);

  /** Removes a packet id at its PUBREL. */
  CompletableFuture<Void> release(long session, int packetId);

  /** Adds subscriptions. If there is one already, its options are replaced. */
  CompletableFuture<Void> subscribe(long session, List<Subscription> subscriptions);

  CompletableFuture<Void> unsubscribe(long session, List<CommandAddress> addresses);

  /**
   * Records how far the client of a subscription has got. If the disk refuses that, the client gets
   * a command once more.
   */
  void progressed(long session, Subscription subscription);

  /**
   * The connection has ended. The session expiry counts from now on, and zero ends the session. If
   * the disk refuses that, the next request that it takes notes it, and the expiry counts from
   * then.
   */
  void left(long session, Duration expiry);
}
