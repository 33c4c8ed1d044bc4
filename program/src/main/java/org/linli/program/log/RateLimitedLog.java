package org.linli.program.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

/**
 * A logger for what somebody outside can cause: of one cause it writes the first line at once and
 * then one line a minute, which says under {@code unwritten} how many were left out before it. What
 * is left out when a cause ends is said once its minute is over. Of more than {@value #MOST_CAUSES}
 * causes in a minute the further ones are only counted, so that invented causes fill no log either.
 * Safe for any thread.
 *
 * <pre>
 *   private static final RateLimitedLog limited = RateLimitedLog.of(log);
 *   limited.atWarn("too-large").addKeyValue("source", source).log("A message was too large");
 * </pre>
 */
public final class RateLimitedLog {

  /** How many causes are told apart at a time. */
  static final int MOST_CAUSES = 100;

  static final Duration EVERY = Duration.ofMinutes(1);

  private static final List<RateLimitedLog> ALL = new CopyOnWriteArrayList<>();

  private final Logger log;
  private final LongSupplier nanoTime;

  /** The oldest line first. */
  private final Map<String, Cause> causes = new LinkedHashMap<>();

  private long furtherUnwritten;

  /** One cause: when its last line was written, and how many were left out since. */
  private static final class Cause {
    private final Level level;
    private final long writtenAt;
    private long unwritten;

    Cause(Level level, long writtenAt) {
      this.level = level;
      this.writtenAt = writtenAt;
    }
  }

  private record Unsaid(Level level, String cause, long unwritten) {}

  RateLimitedLog(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /** For a static field: each of them is remembered as long as the program runs. */
  public static RateLimitedLog of(Logger log) {
    RateLimitedLog limited = new RateLimitedLog(log, System::nanoTime);
    ALL.add(limited);
    return limited;
  }

  /** Says of every such logger what was left out and is due; called every few seconds. */
  public static void sayWhatIsDue() {
    ALL.forEach(RateLimitedLog::sayDue);
  }

  public LoggingEventBuilder atError(String cause) {
    return at(Level.ERROR, cause);
  }

  public LoggingEventBuilder atWarn(String cause) {
    return at(Level.WARN, cause);
  }

  public LoggingEventBuilder atInfo(String cause) {
    return at(Level.INFO, cause);
  }

  /**
   * The line to be written; one that goes nowhere where it is left out.
   *
   * @param cause what lines are counted by: a word of the program, or that with a name from outside
   */
  public LoggingEventBuilder at(Level level, String cause) {
    if (!log.isEnabledForLevel(level)) {
      return NOPLoggingEventBuilder.singleton();
    }
    long now = nanoTime.getAsLong();
    long unwritten;
    synchronized (causes) {
      Cause known = causes.get(cause);
      if (known != null && !isOver(known, now)) {
        known.unwritten++;
        return NOPLoggingEventBuilder.singleton();
      }
      if (known == null && causes.size() >= MOST_CAUSES && !dropOldest(now)) {
        furtherUnwritten++;
        return NOPLoggingEventBuilder.singleton();
      }
      unwritten = known == null ? 0 : known.unwritten;
      causes.remove(cause);
      causes.put(cause, new Cause(level, now));
    }
    LoggingEventBuilder line = log.atLevel(level);
    return unwritten == 0 ? line : line.addKeyValue("unwritten", unwritten);
  }

  private boolean dropOldest(long now) {
    Iterator<Cause> oldestFirst = causes.values().iterator();
    Cause oldest = oldestFirst.next();
    if (!isOver(oldest, now)) {
      return false;
    }
    furtherUnwritten += oldest.unwritten;
    oldestFirst.remove();
    return true;
  }

  void sayDue() {
    List<Unsaid> due = new ArrayList<>();
    long now = nanoTime.getAsLong();
    synchronized (causes) {
      Iterator<Map.Entry<String, Cause>> oldestFirst = causes.entrySet().iterator();
      boolean isOver = true;
      while (isOver && oldestFirst.hasNext()) {
        Map.Entry<String, Cause> oldest = oldestFirst.next();
        Cause cause = oldest.getValue();
        isOver = isOver(cause, now);
        if (isOver) {
          oldestFirst.remove();
          if (cause.unwritten > 0) {
            due.add(new Unsaid(cause.level, oldest.getKey(), cause.unwritten));
          }
        }
      }
      if (isOver && furtherUnwritten > 0) {
        due.add(new Unsaid(Level.WARN, "others", furtherUnwritten));
        furtherUnwritten = 0;
      }
    }
    for (Unsaid unsaid : due) {
      log.atLevel(unsaid.level())
          .addKeyValue("cause", unsaid.cause())
          .addKeyValue("unwritten", unsaid.unwritten())
          .log("Further lines about this cause were left out");
    }
  }

  private static boolean isOver(Cause cause, long now) {
    return now - cause.writtenAt >= EVERY.toNanos();
  }
}
