package org.linli.hub.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;
import org.linli.hub.change.ChangeKind;
import org.linli.hub.gateway.Backlog;
import org.linli.hub.gateway.GatewayDeadLetters;

/**
 * The status of a gateway.
 *
 * @param connected whether it has a connection to this hub
 * @param since when that began; null if it was never connected since the hub started
 * @param lastHeardAt when its last batch came; null for never
 * @param clockAhead how far its clock is ahead of the hub's, negative if it is behind; null if it
 *     has not reported its time since the hub started, or shows no time of the years 1 to 9999
 * @param backlog what of each lane it had not sent yet when it sent its last batch of that lane;
 *     without lanes that it has not reported since the hub started
 * @param deadLetters the messages that it could not read; null if it has not reported them since
 *     the hub started
 * @param troubles what is wrong there by its last report, each with the time when it began, by its
 *     own clock; empty also if it has not reported since the hub started
 */
public record GatewayStatus(
    GatewayId gateway,
    boolean connected,
    @Nullable Instant since,
    @Nullable Instant lastHeardAt,
    @Nullable Duration clockAhead,
    Map<Lane, Backlog> backlog,
    @Nullable GatewayDeadLetters deadLetters,
    Map<GatewayTrouble, Instant> troubles) {

  /** Recorded each time that a gateway connects or disconnects. */
  public static final ChangeKind CHANGES = ChangeKind.oneByOne("gateway");

  /** Returns whether it is connected and nothing is wrong there. */
  public boolean isWell() {
    return connected && troubles.isEmpty();
  }
}
