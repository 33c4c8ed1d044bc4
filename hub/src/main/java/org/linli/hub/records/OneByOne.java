package org.linli.hub.records;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the same done for many things again and again, so that one that fails holds up none of the
 * others. What fails together is done one by one. What fails alone is told once, and done alone
 * from then on, after 1 s, 2 s, doubling to about a minute, until it succeeds. For one thread at a
 * time.
 */
public final class OneByOne<T> {

  private static final int MOST_DOUBLINGS = 6;

  private final InstantSource clock;
  private final BiConsumer<T, Throwable> failed;
  private final Map<T, Aside> aside = new HashMap<>();

  /** How often it failed in a row, and when it is tried again. */
  private record Aside(int failures, Instant until) {}

  /**
   * @param failed is told of what fails, the first time of a row
   */
  public OneByOne(InstantSource clock, BiConsumer<T, Throwable> failed) {
    this.clock = clock;
    this.failed = failed;
  }

  /**
   * @param work does it for all of a list, or for none when it throws
   * @throws RuntimeException what the store or Java itself is to blame for (see {@link Culprit});
   *     what was not done by then is not
   */
  public void together(Collection<T> things, Consumer<List<T>> work) {
    List<T> sound = things.stream().filter(one -> !aside.containsKey(one)).toList();
    List<T> alone = new ArrayList<>();
    if (!sound.isEmpty() && Culprit.defectOf(() -> work.accept(sound)) != null) {
      alone.addAll(sound);
    }
    things.stream().filter(this::isDueAgain).forEach(alone::add);
    for (T one : alone) {
      note(one, Culprit.defectOf(() -> work.accept(List.of(one))));
    }
  }

  /** The same where each is done alone anyway. */
  public void each(Collection<T> things, Consumer<T> work) {
    for (T one : things) {
      if (!aside.containsKey(one) || isDueAgain(one)) {
        note(one, Culprit.defectOf(() -> work.accept(one)));
      }
    }
  }

  /** That there is no such thing any more. */
  public void forget(T one) {
    aside.remove(one);
  }

  private boolean isDueAgain(T one) {
    Aside its = aside.get(one);
    return its != null && !clock.instant().isBefore(its.until());
  }

  private void note(T one, @Nullable Throwable defect) {
    if (defect == null) {
      aside.remove(one);
      return;
    }
    Aside before = aside.get(one);
    int failures = before == null ? 1 : before.failures() + 1;
    Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    aside.put(one, new Aside(failures, clock.instant().plus(pause)));
    if (before == null) {
      failed.accept(one, defect);
    }
  }
}
