package org.linli.edge.uplink;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.Lane;

/**
 * How the gateway stands with its hub.
 *
 * @param since when that began
 * @param lastReceiptAt when the hub last said that it has something; null where it has not since
 *     the start
 * @param problem a sentence for a person where something needs one; null otherwise
 * @param refusal why this gateway is not let in, or not for long, although there is a hub; null
 *     otherwise
 */
public record UplinkState(
    Link link,
    Instant since,
    @Nullable Instant lastReceiptAt,
    @Nullable String problem,
    @Nullable Refusal refusal,
    Map<Lane, LaneState> lanes) {

  /** Whether there is a hub at the other end. */
  public enum Link {
    /** No connection. */
    AWAY,
    /** A connection, but the hub has not said how far it is. */
    ASKING,
    /** The hub answers. */
    CONNECTED
  }

  /** Why a hub that is there does not talk to this gateway. */
  public enum Refusal {
    /** It does not know the gateway. */
    UNKNOWN_GATEWAY,
    /** Another agent connected under the same identity, lately. */
    TAKEN_OVER
  }

  /**
   * One lane.
   *
   * @param batchesUnderWay sent and not receipted
   * @param receiptedSequence up to which the hub has everything, as this connection knows it
   * @param halted why nothing more of it is sent; null otherwise
   */
  public record LaneState(int batchesUnderWay, long receiptedSequence, @Nullable String halted) {}
}
