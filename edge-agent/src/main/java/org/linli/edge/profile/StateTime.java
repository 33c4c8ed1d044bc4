package org.linli.edge.profile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a device was in a state, by whose clock, and what the state does to an alarm (decision
 * 0063).
 *
 * @param at when; null if that is not known
 */
public record StateTime(@Nullable Instant at, Clock clock, Effect effect) {

  /** No time is known. */
  public static final StateTime NONE = new StateTime(null, Clock.DEVICE, Effect.NONE);

  /** Who gave the time. */
  public enum Clock {
    /** The device, for both of two states that are compared. */
    DEVICE,
    /** Somebody who may have kept the state for the device, such as a coordinator. */
    KEEPER
  }

  /** What a state does to an alarm. */
  public enum Effect {
    BEGINS,
    /** It begins an alarm whose end can be told as well, if that was said before it. */
    RAISES,
    ENDS,
    NONE
  }

  /** Of a state that the device itself dates. */
  public static StateTime byDevice(@Nullable Instant at) {
    return new StateTime(at, Clock.DEVICE, Effect.NONE);
  }

  /** Of a state that somebody else may have kept for the device, and dates by his own clock. */
  public static StateTime byKeeper(@Nullable Instant at) {
    return new StateTime(at, Clock.KEEPER, Effect.NONE);
  }

  /**
   * The same for a state of an alarm.
   *
   * @param holds whether it is the alarm, or its end
   */
  public StateTime of(boolean holds) {
    return new StateTime(at, clock, holds ? Effect.BEGINS : Effect.ENDS);
  }

  /**
   * The same for a state of an alarm of which {@link MessageReading#overtaken} tells the end.
   *
   * @param holds whether it is the alarm, or its end
   */
  StateTime ofAlarm(boolean holds) {
    return new StateTime(at, clock, holds ? Effect.RAISES : Effect.ENDS);
  }

  boolean begins() {
    return effect == Effect.BEGINS || effect == Effect.RAISES;
  }

  /** Whether it is so much older than another time that it did not come together with it. */
  public boolean isClearlyBefore(@Nullable Instant other) {
    return at != null && other != null && at.plus(LateStates.CLEARLY).isBefore(other);
  }

  /** Whether it is by the device's clock, and came from the device at once. */
  boolean isByDevice(MessageReading reading) {
    return clock == Clock.DEVICE && !reading.wasRetained();
  }
}
