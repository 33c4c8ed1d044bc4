package org.linli.edge.intake;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

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
   */
  record Opened(long number, boolean present, Set<Integer> unreleased) {

    /** Nothing is kept. */
    public static final Opened NOTHING = new Opened(0, false, Set.of());

    public Opened {
      unreleased = Set.copyOf(unreleased);
    }

    public boolean isKept() {
      return number != 0;
    }
  }

  /** Takes up, begins or throws away a session. */
  CompletableFuture<Opened> open(Opening opening);

  /** Forgets a packet id at its PUBREL. */
  CompletableFuture<Void> release(long session, int packetId);

  /**
   * The connection is at its end: from now on the expiry counts, and zero ends the session. Where
   * the disk refuses that, the expiry counts from the next start.
   */
  void left(long session, Duration expiry);
}
