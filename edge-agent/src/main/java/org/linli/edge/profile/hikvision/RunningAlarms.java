package org.linli.edge.profile.hikvision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.memory.HeapShare;
import org.linli.edge.profile.AlarmIds;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.StateChange;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.Sha256;
import org.linli.program.memory.RecentMap;

/**
 * The active alarms, so that each has one id however often it is posted. An alarm that was not
 * posted for a minute is over, because not every camera reports the end. The minute is measured by
 * a monotonic clock, and over a restart by the gateway's own. Beyond its share of the heap, the
 * alarm that has been silent longest is forgotten. Thread-safe.
 */
final class RunningAlarms {

  private static final int TIMES_BYTES = 80;
  private static final long SILENCE = Duration.ofMinutes(1).toNanos();

  /** A little longer than the silence, because not each post is written down. */
  private static final Duration SILENCE_OVER_A_RESTART = Duration.ofSeconds(80);

  private static final int LONGEST_NAME = 64;

  /** In hexadecimal digits: 64 bits tell signals apart whose names are cut or written alike. */
  private static final int MARK = 16;

  private static final String ALARM = "alarm/";

  /** Begins the state of one that is over; its id follows. Earlier versions wrote nothing. */
  private static final String OVER = "over ";

  /** Begins the name of the state that is judged by the device's own time. */
  private static final String RUNS = "runs ";

  /** Begins the name of the state that is the id of the last one that was told with its end. */
  private static final String TOLD_OVER = "told over ";

  private static final String BEFORE_REGION = "-";

  private final LongSupplier nanoTime;
  private final Changes changes;

  private final RecentMap<Alarm, Running> running =
      new RecentMap<>(
          HeapShare.ALARMS.bytes(),
          (alarm, its) ->
              RecentMap.bytes(alarm.device().value())
                  + RecentMap.bytes(alarm.signal())
                  + RecentMap.bytes(its.id())
                  + TIMES_BYTES);

  private record Alarm(DeviceId device, String signal) implements Comparable<Alarm> {

    /** Keeps the hash table fast even if names were chosen to have the same hash. */
    @Override
    public int compareTo(Alarm other) {
      int byDevice = device.compareTo(other.device);
      return byDevice != 0 ? byDevice : signal.compareTo(other.signal);
    }
  }

  private record Running(String id, long lastReceived, Instant lastTold) {}

  /**
   * @param nanoTime a monotonic clock
   */
  RunningAlarms(LongSupplier nanoTime, Changes changes) {
    this.nanoTime = nanoTime;
    this.changes = changes;
  }

  /** The id of an alarm that began at that time. Two signals that begin together have two. */
  static String id(String signal, Instant began) {
    return id(signal, String.valueOf(began.toEpochMilli()));
  }

  /**
   * The id of an alarm that is sent again after an outage, with a time that cannot be read.
   *
   * @param began the time as it is written
   */
  static String idOfUntimed(String signal, String began) {
    return id(signal, "untimed-" + Sha256.hexOf(began).substring(0, MARK));
  }

  private static String id(String signal, String began) {
    String name = signal.replaceAll("[^a-z0-9-]", "_");
    if (!name.equals(signal) || name.length() > LONGEST_NAME) {
      name =
          name.substring(0, Math.min(name.length(), LONGEST_NAME))
              + "-"
              + Sha256.hexOf(signal).substring(0, MARK);
    }
    return name + "@" + began;
  }

  /** What a post of an active alarm is about, by the device's own time. */
  enum Post {
    /** The alarm is active. */
    NOW,
    /** It was, before its end that is known, and was not told. */
    LATE,
    /** It was told, and has ended. */
    ENDED
  }

  /**
   * Notes that a device says that an alarm is active.
   *
   * @param time when it was, by the device
   */
  Post post(MessageReading reading, Subject subject, String signal, StateTime time) {
    StateChange.Known before = changes.known(reading, subject, RUNS + signal);
    changes.noteAt(reading, subject, RUNS + signal, true, time.of(true));
    StateChange.Known now = changes.known(reading, subject, RUNS + signal);
    if (now != null && now.state().equals("false")) {
      return Post.ENDED;
    }
    boolean isLate =
        before != null
            && before.state().equals("false")
            && before.at() != null
            && now != null
            && now.at() != null
            && now.at().isBefore(before.at());
    return isLate ? Post.LATE : Post.NOW;
  }

  /** The id of the alarm of this signal that has ended; null if none is known. */
  @Nullable String endedId(MessageReading reading, Subject subject, String signal) {
    StateChange.Known known = changes.known(reading, subject, ALARM + signal);
    return known != null && known.state().startsWith(OVER) && known.state().length() > OVER.length()
        ? known.state().substring(OVER.length())
        : null;
  }

  /**
   * The id of an alarm that is told with its end. It is one however often it is posted.
   *
   * @param when of this post
   * @param event its type
   */
  String overId(
      MessageReading reading, Subject subject, String signal, Instant when, EventType event) {
    StateChange.Known told = changes.known(reading, subject, TOLD_OVER + signal);
    if (told != null && reading.overtaken().isAgain(subject, event)) {
      return told.state();
    }
    String id = id(signal, when);
    changes.note(reading, subject, TOLD_OVER + signal, id, null);
    return id;
  }

  /** An alarm, its end, and another alarm may have the same second. */
  private String newId(MessageReading reading, Subject subject, String signal, Instant told) {
    String id = id(signal, told);
    String ended = endedId(reading, subject, signal);
    return ended != null && AlarmIds.isOf(id, ended) ? AlarmIds.next(id, ended) : id;
  }

  /**
   * The id of an active alarm.
   *
   * @param told the time in the post, or when it was received
   * @param byDevice whether the device gave the time; then the same time again means a repetition
   *     of the same post
   */
  String id(
      MessageReading reading, Subject subject, String signal, Instant told, boolean byDevice) {
    Alarm alarm = new Alarm(subject.device(), signal);
    synchronized (running) {
      long now = nanoTime.getAsLong();
      Running before = running.get(alarm);
      String earlier = before == null ? earlierRun(reading, subject, signal) : null;
      String id =
          before != null && goesOn(before, now, byDevice ? told : null)
              ? before.id()
              : earlier == null ? newId(reading, subject, signal, told) : earlier;
      Running own = new Running(id, now, told);
      running.put(alarm, own);
      changes.note(reading, subject, ALARM + signal, own.id(), reading.receivedAt());
      reading.ifNotKept(() -> restore(alarm, own, before));
      return own.id();
    }
  }

  /** The id of an alarm that was active right before a restart; null if there was none. */
  private @Nullable String earlierRun(MessageReading reading, Subject subject, String signal) {
    StateChange.Known known = changes.known(reading, subject, ALARM + signal);
    if (known == null
        || known.at() == null
        || known.state().isEmpty()
        || known.state().startsWith(OVER)) {
      return null;
    }
    Duration silence = Duration.between(known.at(), reading.receivedAt());
    return silence.isNegative() || silence.compareTo(SILENCE_OVER_A_RESTART) > 0
        ? null
        : known.state();
  }

  private static boolean goesOn(Running before, long now, @Nullable Instant told) {
    return before.lastTold().equals(told) || now - before.lastReceived() < SILENCE;
  }

  /**
   * The signal of the alarm of this type that is running: that of the region that was posted last,
   * where only regions have one.
   */
  String signal(MessageReading reading, Subject subject, String type) {
    List<String> regions =
        changes.names(reading, subject, ALARM + type).stream()
            .filter(rest -> rest.startsWith(BEFORE_REGION))
            .toList();
    synchronized (running) {
      if (isRunning(reading, subject, type)) {
        return type;
      }
      return regions.reversed().stream()
          .map(region -> type + region)
          .filter(signal -> isRunning(reading, subject, signal))
          .findFirst()
          .orElse(type);
    }
  }

  private boolean isRunning(MessageReading reading, Subject subject, String signal) {
    Running its = running.get(new Alarm(subject.device(), signal));
    return its == null
        ? earlierRun(reading, subject, signal) != null
        : goesOn(its, nanoTime.getAsLong(), null);
  }

  /** The alarms of this type are over, in whatever regions. */
  void endedEverywhere(
      MessageReading reading, Subject subject, String type, StateTime time, boolean isLate) {
    ended(reading, subject, type, time, isLate);
    for (String rest : changes.names(reading, subject, ALARM + type)) {
      if (rest.startsWith(BEFORE_REGION)) {
        ended(reading, subject, type + rest, time, isLate);
      }
    }
  }

  /**
   * The alarm is over. The next post begins another.
   *
   * @param isLate whether the device says that it had kept this; then it is not, if it was active
   *     since
   */
  void ended(
      MessageReading reading, Subject subject, String signal, StateTime time, boolean isLate) {
    if (isActive(reading, subject, signal)) {
      changes.noteUncounted(reading, subject, RUNS + signal, false, time.of(false));
    }
    if (isLate && isActive(reading, subject, signal)) {
      return;
    }
    Alarm alarm = new Alarm(subject.device(), signal);
    synchronized (running) {
      Running before = running.remove(alarm);
      StateChange.Known known = changes.known(reading, subject, ALARM + signal);
      String id = known == null ? "" : known.state();
      changes.note(
          reading,
          subject,
          ALARM + signal,
          id.startsWith(OVER) ? id : OVER + id,
          reading.receivedAt());
      reading.ifNotKept(() -> restore(alarm, null, before));
    }
  }

  private boolean isActive(MessageReading reading, Subject subject, String signal) {
    StateChange.Known known = changes.known(reading, subject, RUNS + signal);
    return known != null && known.state().equals("true");
  }

  /** Leaves newer states as they are. */
  @SuppressWarnings("ReferenceEquality") // an equal one of another message is another one
  private void restore(Alarm alarm, @Nullable Running own, @Nullable Running before) {
    synchronized (running) {
      if (running.get(alarm) != own) {
        return;
      }
      if (before == null) {
        running.remove(alarm);
      } else {
        running.put(alarm, before);
      }
    }
  }
}
