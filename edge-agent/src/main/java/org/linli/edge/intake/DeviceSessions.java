package org.linli.edge.intake;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.linli.edge.command.CommandAddress;

/**
 * Sessions of MQTT clients that outlive their connection, on disk (MQTT 5 section 4.1). Each future
 * is completed after the commit, from the writer thread; exceptionally when the disk refuses or the
 * gateway stops. What is asked for takes place in the order of asking.
 */
public interface DeviceSessions {

  /**
   * What a client asks for in its CONNECT.
   *
   * @param clean whether what is kept of an earlier session is to be thrown away
   * @param expiry how long the session outlives the connection; zero for not at all
   * @param most how many sessions may be kept
   */
  record Opening(String client, boolean clean, Duration expiry, int most) {}

  /**
   * What became of it.
   *
   * @param number names the session and is never used again; 0 where nothing is kept, because
   *     nothing was asked for or because there is no room
   * @param present whether it is the continuation of an earlier one
   * @param unreleased packet ids that were answered with PUBREC and wait for their PUBREL
   * @param subscriptions what it is subscribed to
   */
  record Opened(
      long number, boolean present, PacketIds unreleased, List<Subscription> subscriptions) {

    /** Nothing is kept. */
    public static final Opened NOTHING = new Opened(0, false, new PacketIds(), List.of());

    public Opened {
      unreleased = new PacketIds(unreleased);
      subscriptions = List.copyOf(subscriptions);
    }

    public boolean isKept() {
      return number != 0;
    }

    /** The same session, once somebody else holds what it carries. */
    public Opened takenUp() {
      return new Opened(number, present, new PacketIds(), List.of());
    }
  }

  /**
   * A subscription to the commands of a device, and how far its client is with them.
   *
   * @param qos 0 or 1
   * @param retainAsPublished whether what is delivered says that it is retained (MQTT 5 section
   *     3.8.3.1)
   * @param reached sequence of the last command that is done with; 0 for none
   * @param packetId under which a later one was sent and is not acknowledged; 0 for none
   * @param sent sequence of that one; 0 for none
   */
  record Subscription(
      CommandAddress address,
      int qos,
      boolean retainAsPublished,
      long reached,
      int packetId,
      long sent) {

    /** Everything up to this sequence is done with. */
    public Subscription reaching(long sequence) {
      return new Subscription(address, qos, retainAsPublished, sequence, 0, 0);
    }

    /** This command is on its way. */
    public Subscription sending(int id, long sequence) {
      return new Subscription(address, qos, retainAsPublished, reached, id, sequence);
    }

    /** The same, with what its client asks for now. */
    public Subscription asking(int otherQos, boolean asPublished) {
      return new Subscription(address, otherQos, asPublished, reached, packetId, sent);
    }
  }

  /** Takes up, begins or throws away a session. */
  CompletableFuture<Opened> open(Opening opening);

  /** Forgets a packet id at its PUBREL. */
  CompletableFuture<Void> release(long session, int packetId);

  /** Adds subscriptions; where there is one already, what was asked for with it is changed. */
  CompletableFuture<Void> subscribe(long session, List<Subscription> subscriptions);

  CompletableFuture<Void> unsubscribe(long session, List<CommandAddress> addresses);

  /**
   * Notes how far the client of a subscription is. Where the disk refuses that, the client gets a
   * command once more.
   */
  void progressed(long session, Subscription subscription);

  /**
   * The connection is at its end: from now on the expiry counts, and zero ends the session. Where
   * the disk refuses that, the expiry counts from the next start.
   */
  void left(long session, Duration expiry);
}
