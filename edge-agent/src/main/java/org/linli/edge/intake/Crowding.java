package org.linli.edge.intake;

import java.time.Instant;
import java.util.Optional;

/** Whether the MQTT door has recently had too few places for all clients. */
public interface Crowding {

  /** For how long it is reported. */
  int LATELY_MINUTES = 10;

  /**
   * All places were in use, and a client was evicted for another or refused.
   *
   * @param places most clients that may be connected at a time
   * @param putOut how many were evicted since the program started
   * @param since when that began, by the gateway's clock
   */
  record Crowd(int places, long putOut, Instant since) {}

  /** Empty if no client was evicted or refused for {@link #LATELY_MINUTES} minutes. */
  Optional<Crowd> lately();
}
