package org.linli.edge.intake;

import java.time.Instant;
import java.util.Optional;

/** Whether the door for MQTT has been too small lately for all who want in. */
public interface Crowding {

  /** For so long it is said. */
  int LATELY_MINUTES = 10;

  /**
   * All places were taken, and somebody was put out for somebody else or turned away.
   *
   * @param places how many may be in at a time
   * @param putOut how many were put out since the program started
   * @param since when that began, by the gateway's clock
   */
  record Crowd(int places, long putOut, Instant since) {}

  /** Empty where nobody was put out or turned away for {@link #LATELY_MINUTES} minutes. */
  Optional<Crowd> lately();
}
