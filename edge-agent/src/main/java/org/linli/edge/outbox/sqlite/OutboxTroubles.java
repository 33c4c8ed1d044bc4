package org.linli.edge.outbox.sqlite;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.OutboxState;
import org.linli.event.GatewayTrouble;
import org.linli.program.thread.Heartbeat;

/** The current problems of an outbox, for the hub. Thread-safe. */
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

  /**
   * Each problem since when, by the gateway's clock; the time stays the same as long as the problem
   * lasts.
   */
  Map<GatewayTrouble, Instant> now() {
    Map<GatewayTrouble, Instant> troubles = new EnumMap<>(GatewayTrouble.class);
    Instant silent = silentSince();
    if (loop.state() instanceof OutboxState.Refusing refusing && !loop.goesOnWithReserve()) {
      troubles.put(GatewayTrouble.TAKES_NOTHING, refusing.since());
    } else if (silent != null) {
      troubles.put(GatewayTrouble.TAKES_NOTHING, silent);
    }
    loop.givenUpLately().ifPresent(lost -> troubles.put(GatewayTrouble.GIVES_UP, lost.since()));
    Instant missing = reserve.missingSince();
    if (missing != null) {
      troubles.put(GatewayTrouble.DISK_FULL, missing);
    }
    return troubles;
  }

  /** When the writer was first seen to give no sign of life; null if it gives one. */
  private synchronized @Nullable Instant silentSince() {
    if (heartbeat.problem() == null) {
      silentSince = null;
    } else if (silentSince == null) {
      silentSince = Instant.ofEpochMilli(clock.millis());
    }
    return silentSince;
  }
}
