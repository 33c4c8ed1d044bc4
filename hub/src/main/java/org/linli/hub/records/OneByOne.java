package org.linli.hub.records;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the same work for many things repeatedly, so that one failing thing does not hold up the
 * others. If a group fails, its things are done one by one. A thing that fails by itself is
 * reported once, and is then retried alone after 1 s, 2 s, doubling to about a minute, until it
 * succeeds. A failure of the store may concern one thing only, for example if a page of its file is
 * damaged. That thing comes last the next time, so that each round gets past one more of them. Used
 * by one thread at a time.
 */
public final class OneByOne<T> {

  /**
   * Times on a clock, not pauses of a thread: the others are done meanwhile. No crowd to spread.
   */
  private static final int MOST_DOUBLINGS = 6;

  private static final Duration LONGEST_PAUSE = pause(MOST_DOUBLINGS);

  private final InstantSource clock;
  private final BiConsumer<T, Throwable> failed;

  /** The things that failed, in the order of the next try. */
  private final Map<T, Aside> aside = new LinkedHashMap<>();

  /** How often it failed in a row by its own fault, and when it is retried. */
  private record Aside(int failures, Instant until) {

    /** Also if the time is further away than any pause lasts: the clock was set back. */
    boolean isDue(Instant now) {
      Duration left = Duration.between(now, until);
      return !left.isPositive() || left.compareTo(LONGEST_PAUSE) > 0;
    }
  }

  /**
   * @param failed receives a failing thing and what it threw, the first time in a row
   */
  public OneByOne(InstantSource clock, BiConsumer<T, Throwable> failed) {
    this.clock = clock;
    this.failed = failed;
  }

  /**
   * @param work does it for all of a list, or for none if it throws
   * @throws RuntimeException a failure of the store or of Java itself (see {@link FailureCause});
   *     what was not done by then stays undone
   */
  public void together(Collection<T> things, Consumer<List<T>> work) {
    together(things, Integer.MAX_VALUE, work);
  }

  /**
   * @param most how many things are done together at most
   * @param work does it for all of a list, or for none if it throws
   * @throws RuntimeException a failure of the store or of Java itself (see {@link FailureCause});
   *     what was not done by then stays undone
   */
  public void together(Collection<T> things, int most, Consumer<List<T>> work) {
    List<T> again = dueAgain(things);
    List<T> sound = things.stream().filter(one -> !aside.containsKey(one)).toList();
    for (int first = 0; first < sound.size(); ) {
      int end = (int) Math.min((long) first + most, sound.size());
      List<T> some = sound.subList(first, end);
      if (!isDone(some, work)) {
        some.forEach(one -> alone(one, () -> work.accept(List.of(one))));
      }
      first = end;
    }
    again.forEach(one -> alone(one, () -> work.accept(List.of(one))));
  }

  /** Like {@link #together}, for work that is done for each thing alone anyway. */
  public void each(Collection<T> things, Consumer<T> work) {
    List<T> again = dueAgain(things);
    for (T one : things) {
      if (!aside.containsKey(one)) {
        alone(one, () -> work.accept(one));
      }
    }
    again.forEach(one -> alone(one, () -> work.accept(one)));
  }

  /**
   * Runs several independent steps, whatever an earlier one throws.
   *
   * @throws RuntimeException what was thrown first, with the others suppressed
   */
  public static void steps(Runnable... steps) {
    RuntimeException first = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Forgets a thing that no longer exists. */
  public void forget(T one) {
    aside.remove(one);
  }

  private List<T> dueAgain(Collection<T> things) {
    if (aside.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    Set<T> there = Set.copyOf(things);
    return aside.entrySet().stream()
        .filter(entry -> entry.getValue().isDue(now) && there.contains(entry.getKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean isDone(List<T> some, Consumer<List<T>> work) {
    try {
      return FailureCause.defectOf(() -> work.accept(some)) == null;
    } catch (RuntimeException ofStore) {
      return false;
    }
  }

  private void alone(T one, Runnable work) {
    Throwable defect;
    try {
      defect = FailureCause.defectOf(work);
    } catch (RuntimeException ofStore) {
      Aside before = aside.remove(one);
      aside.put(one, new Aside(before == null ? 0 : before.failures(), clock.instant()));
      throw ofStore;
    }
    note(one, defect);
  }

  private static Duration pause(int doublings) {
    return Duration.ofSeconds(1L << Math.min(doublings, MOST_DOUBLINGS));
  }

  private void note(T one, @Nullable Throwable defect) {
    Aside before = aside.remove(one);
    if (defect == null) {
      return;
    }
    int failures = before == null ? 1 : before.failures() + 1;
    aside.put(one, new Aside(failures, clock.instant().plus(pause(failures - 1))));
    if (failures == 1) {
      failed.accept(one, defect);
    }
  }
}
