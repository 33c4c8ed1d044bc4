package org.linli.edge.uplink;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.Lane;

/**
 * The state of the gateway's connection to its hub.
 *
 * @param since when this state began
 * @param lastReceiptAt when the hub last sent a receipt; null if it has not since the start
 * @param problem a sentence for a person if somebody has to act; null otherwise
 * @param refusal why the hub refuses this gateway, or refused it lately; null otherwise
 */
public record UplinkState(
    HubLink link,
    Instant since,
    @Nullable Instant lastReceiptAt,
    @Nullable String problem,
    @Nullable HubRefusal refusal,
    Map<Lane, LaneState> lanes) {

  /** Whether there is a hub at the other end. */
  public enum HubLink {
    /** No connection. */
    AWAY,
    /** A connection, but the hub has not sent its watermarks. */
    ASKING,
    /** The hub answers. */
    CONNECTED
  }

  /** Why a hub that can be reached does not serve this gateway. */
  public enum HubRefusal {
    /** The hub does not know the gateway. */
    UNKNOWN_GATEWAY,
    /** Another agent recently connected with the same identity. */
    TAKEN_OVER
  }

  /**
   * One lane.
   *
   * @param batchesUnderWay sent and not receipted
   * @param receiptedSequence sequence up to which the hub has everything, as this connection knows
   *     it
   * @param halted why nothing more of it is sent; null otherwise
   */
  public record LaneState(int batchesUnderWay, long receiptedSequence, @Nullable String halted) {}
}
