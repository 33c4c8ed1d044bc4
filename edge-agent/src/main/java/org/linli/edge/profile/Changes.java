package org.linli.edge.profile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;

/**
 * For formats that repeat a state with every message: only a change is an event. The first state of
 * a signal counts as a change; a restart of the gateway is none, because the states outlive it
 * ({@link KnownStates}).
 *
 * <p>A state is valid for other messages only as long as its message is kept, or may still be. If
 * that message could not be kept, one that repeated the state has to come again. What is no change
 * is counted ({@link Repeat}). Thread-safe.
 */
public final class Changes {

  /**
   * Records the state, and undoes that if the message cannot be kept.
   *
   * @return whether the state was different before, or unknown
   */
  public boolean isChange(MessageReading reading, Subject subject, String name, Object state) {
    return isChange(reading, subject, name, state, StateTime.NONE);
  }

  /**
   * The same for a state that somebody else may have kept for the device: one that is older than
   * the known state is no change, and neither is one that was kept for longer than 25 hours. It is
   * not recorded either, so that it is a change when the device itself says it.
   *
   * @param at when the device was in that state, by the clock of who kept it; null if that is not
   *     known
   */
  public boolean isChange(
      MessageReading reading, Subject subject, String name, Object state, @Nullable Instant at) {
    return isChange(reading, subject, name, state, StateTime.byKeeper(at));
  }

  /**
   * The same for a state with a time. An end that the device says late, and that is clearly older
   * than what it last said of that state, is no change and is not recorded. An alarm that it says
   * late is a change, unless it was told.
   */
  public boolean isChange(
      MessageReading reading, Subject subject, String name, Object state, StateTime time) {
    return said(reading, subject, name, state, time) == KnownStates.Said.NEWS;
  }

  /** The same for the beginning of an alarm, which may be over ({@link OvertakenAlarms}). */
  static KnownStates.Said begins(
      MessageReading reading, Subject subject, String name, StateTime time) {
    return said(reading, subject, name, true, time.ofAlarm(true));
  }

  /**
   * Records a state of such an alarm, which is told in any case, unless the gateway has the events
   * of this part of the message already.
   *
   * @param alarm its event type
   * @return whether it is told with its end, because it is over
   */
  public boolean raised(
      MessageReading reading, Subject subject, String name, EventType alarm, StateTime time) {
    StateTime at = Endings.hasEnd(alarm) ? time.ofAlarm(true) : time.of(true);
    judged(reading, at);
    KnownStates.Said said =
        reading
            .knownStates()
            .record(reading, subject.device(), name, "true", at, StateScope.WITH_ITS_EVENT);
    reading.overtaken().told(reading, subject.device(), alarm, name, said);
    return reading.overtaken().has(subject, alarm);
  }

  /**
   * Records that several alarms are over by one statement of the device, which is counted once if
   * it says that late.
   *
   * @return whether one of them goes on for that
   */
  public boolean isLateEnd(
      MessageReading reading, Subject subject, List<String> alarms, StateTime time) {
    KnownStates.Said late = null;
    for (String alarm : alarms) {
      KnownStates.Said said = recorded(reading, subject, alarm, false, time);
      late = said == KnownStates.Said.NEWS || late != null ? late : said;
    }
    if (late != null) {
      counted(reading, subject, late);
    }
    return late != null;
  }

  /** Records a state whose event is compared by itself, and counted there if it is late. */
  public void noteUncounted(
      MessageReading reading, Subject subject, String name, Object state, StateTime time) {
    var _ = recorded(reading, subject, name, state, time);
  }

  private static KnownStates.Said said(
      MessageReading reading, Subject subject, String name, Object state, StateTime time) {
    KnownStates.Said said = recorded(reading, subject, name, state, time);
    counted(reading, subject, said);
    return said;
  }

  private static KnownStates.Said recorded(
      MessageReading reading, Subject subject, String name, Object state, StateTime time) {
    KnownStates.Said said =
        reading
            .knownStates()
            .record(
                reading, subject.device(), name, state.toString(), time, StateScope.WITH_ITS_EVENT);
    if (said == KnownStates.Said.NEWS || said == KnownStates.Said.OVERTAKEN) {
      judged(reading, time);
    }
    return said;
  }

  /** Counts it, unless it is news. */
  private static void counted(MessageReading reading, Subject subject, KnownStates.Said said) {
    switch (said) {
      case NEWS, OVERTAKEN -> {}
      case UNCHANGED -> reading.repeated(subject.device(), RepeatReason.UNCHANGED);
      case OLDER, OVERTAKEN_AGAIN -> reading.repeated(subject.device(), RepeatReason.OLDER);
      case CACHED -> reading.repeated(subject.device(), RepeatReason.CACHED);
    }
  }

  private static void judged(MessageReading reading, StateTime time) {
    if (time.at() != null || time.effect() != StateTime.Effect.NONE) {
      reading.judged();
    }
  }

  /** Whether something is said for the first time since the start, or differs from last time. */
  public boolean isNewInThisRun(
      MessageReading reading, Subject subject, String name, Object state) {
    return reading
            .knownStates()
            .record(
                reading,
                subject.device(),
                name,
                state.toString(),
                StateTime.NONE,
                StateScope.THIS_RUN)
        == KnownStates.Said.NEWS;
  }

  /**
   * Whether something with this id is said for the first time. Of each device the newest {@value
   * KnownStates#MOST_IDS} are remembered.
   */
  public boolean isFirst(MessageReading reading, Subject subject, String id) {
    return isChange(reading, subject, Signal.ID + id, true);
  }

  /**
   * The name of a state of something that comes and goes, such as a person in view. Only the newest
   * {@value KnownStates#MOST_IDS} of a device, ids among them, are remembered, so that they take no
   * room from states that last.
   */
  public static String ofObject(String name) {
    return Signal.ID + name;
  }

  /** Records a state that is no event in any case, so that the next one is compared with it. */
  public void note(
      MessageReading reading, Subject subject, String name, Object state, @Nullable Instant at) {
    var _ =
        reading
            .knownStates()
            .record(
                reading,
                subject.device(),
                name,
                state.toString(),
                StateTime.byKeeper(at),
                StateScope.LASTING);
  }

  /** As above, for a state with a time. */
  public void noteAt(
      MessageReading reading, Subject subject, String name, Object state, StateTime time) {
    judged(reading, time);
    var _ =
        reading
            .knownStates()
            .record(reading, subject.device(), name, state.toString(), time, StateScope.LASTING);
  }

  /** As above, but undone if the gateway has the events of this part of the message already. */
  public void noteWithItsEvent(
      MessageReading reading, Subject subject, String name, Object state, StateTime time) {
    judged(reading, time);
    var _ =
        reading
            .knownStates()
            .record(
                reading, subject.device(), name, state.toString(), time, StateScope.WITH_ITS_EVENT);
  }

  /** The known state, with its own time; null if none is known. */
  public StateChange.@Nullable Known known(MessageReading reading, Subject subject, String name) {
    return reading.knownStates().known(reading, subject.device(), name);
  }

  /**
   * Whether a signal is in this state, or may be because its last state could not be told. The
   * result relies on the message that said it.
   */
  public boolean mayBe(MessageReading reading, Subject subject, String name, Object state) {
    return reading.knownStates().mayBe(reading, subject.device(), name, state.toString());
  }

  /**
   * The names that begin so and of which a state is known, without that beginning, in the order of
   * their last changes. Names of more than 200 characters are not among them.
   */
  public List<String> names(MessageReading reading, Subject subject, String beginning) {
    return reading.knownStates().names(reading, subject.device(), beginning);
  }
}
