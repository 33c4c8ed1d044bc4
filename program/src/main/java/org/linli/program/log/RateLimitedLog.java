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
 * A logger for events that someone outside can cause. For each cause it writes the first line at
 * once and then one line a minute; {@code unwritten} in that line counts the lines left out before
 * it. A count that remains when a cause ends is logged once its minute is over. With more than
 * {@value #MOST_CAUSES} causes in a minute, further causes are only counted, so that invented
 * causes cannot fill the log. Thread-safe.
 *
 * <pre>
 *   private static final RateLimitedLog limited = RateLimitedLog.of(log);
 *   limited.atWarn("too-large").addKeyValue("source", source).log("A message was too large");
 * </pre>
 */
public final class RateLimitedLog {

  /** The most causes that are distinguished at a time. */
  static final int MOST_CAUSES = 100;

  static final Duration EVERY = Duration.ofMinutes(1);

  private static final List<RateLimitedLog> ALL = new CopyOnWriteArrayList<>();

  private final Logger log;
  private final LongSupplier nanoTime;

  /** Ordered by last line, oldest first. */
  private final Map<String, Cause> causes = new LinkedHashMap<>();

  private long furtherUnwritten;

  /** One cause: when its last line was written, and how many were left out since then. */
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

  /** For a static field: each logger is kept as long as the program runs. */
  public static RateLimitedLog of(Logger log) {
    RateLimitedLog limited = new RateLimitedLog(log, System::nanoTime);
    ALL.add(limited);
    return limited;
  }

  /** Logs the counts that are due in every such logger; called every few seconds. */
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
   * The line to write; a builder that writes nothing when the line is left out.
   *
   * @param cause the key that lines are counted by: a word of the program, optionally with a name
   *     from outside
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
