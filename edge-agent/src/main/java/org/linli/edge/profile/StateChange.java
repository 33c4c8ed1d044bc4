package org.linli.edge.profile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;

/** What a message changes of the states that outlive a restart, written together with it. */
public sealed interface StateChange {

  /**
   * A state that is known.
   *
   * @param profile the profile or own mapping that knows it
   * @param signal what it is the state of
   * @param at the state's own time, if it has one that may be trusted; otherwise null
   * @param number increases with every change of any state
   */
  record Known(
      String profile,
      DeviceId device,
      String signal,
      String state,
      @Nullable Instant at,
      long number)
      implements StateChange {}

  /**
   * The states of a device that are no longer known, for lack of room.
   *
   * @param upTo the number of the newest of them
   */
  record Forgotten(DeviceId device, long upTo) implements StateChange {}

  /** One state that is no longer known. */
  record ForgottenSignal(String profile, DeviceId device, String signal, long upTo)
      implements StateChange {}
}
