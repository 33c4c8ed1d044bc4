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
 * How a gateway is.
 *
 * @param connected whether it has a connection to this hub
 * @param since when it came to be so; null where it was never connected since the hub started
 * @param lastHeardAt when its last batch came; null for never
 * @param clockAhead how far its clock is ahead of the hub's, negative where it is behind; null
 *     where it has not said since the hub started, or shows no time of the years 1 to 9999
 * @param backlog what of each lane it had not sent yet when it sent its last batch of that lane;
 *     without those lanes of which it has not said since the hub started
 * @param deadLetters the messages that it could not read; null where it has not said since the hub
 *     started
 * @param troubles what is wrong there, as it said last, each since when, by its own clock; empty
 *     also where it has not said since the hub started
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

  /** Each time that a gateway connects or disconnects. */
  public static final ChangeKind CHANGES = ChangeKind.oneByOne("gateway");

  /** Whether it is connected and nothing is wrong there. */
  public boolean isWell() {
    return connected && troubles.isEmpty();
  }
}
