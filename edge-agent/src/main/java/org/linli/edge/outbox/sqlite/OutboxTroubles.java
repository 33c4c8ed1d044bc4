package org.linli.edge.outbox.sqlite;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.OutboxState;
import org.linli.event.GatewayTrouble;
import org.linli.program.thread.Heartbeat;

/** What is wrong with an outbox now, for people elsewhere. Safe for any thread. */
final class OutboxTroubles {

  private final CommitLoop loop;
  private final Reserve reserve;
  private final Heartbeat heartbeat;
  private final InstantSource clock;
  private @Nullable Instant silentSince;

  OutboxTroubles(CommitLoop loop, Reserve reserve, Heartbeat heartbeat, InstantSource clock) {
    this.loop = loop;
    this.reserve = reserve;
    this.heartbeat = heartbeat;
    this.clock = clock;
  }

  /** Each since when, by the gateway's clock; the same time as long as it lasts. */
  Map<GatewayTrouble, Instant> now() {
    Map<GatewayTrouble, Instant> troubles = new EnumMap<>(GatewayTrouble.class);
    Instant silent = silentSince();
    if (loop.state() instanceof OutboxState.Refusing refusing && !loop.goesOnWithReserve()) {
      troubles.put(GatewayTrouble.TAKES_NOTHING, refusing.since());
    } else if (silent != null) {
      troubles.put(GatewayTrouble.TAKES_NOTHING, silent);
    }
    Instant missing = reserve.missingSince();
    if (missing != null) {
      troubles.put(GatewayTrouble.DISK_FULL, missing);
    }
    return troubles;
  }

  /** Since it was first seen that the writer gives no sign of life; null while it does. */
  private synchronized @Nullable Instant silentSince() {
    if (heartbeat.problem() == null) {
      silentSince = null;
    } else if (silentSince == null) {
      silentSince = Instant.ofEpochMilli(clock.millis());
    }
    return silentSince;
  }
}
