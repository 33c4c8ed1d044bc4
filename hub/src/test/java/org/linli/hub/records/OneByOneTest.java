package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.linli.hub.SteppingClock;
import org.springframework.dao.TransientDataAccessResourceException;

class OneByOneTest {

  private final SteppingClock clock = new SteppingClock(Instant.parse("2026-11-23T02:00:00Z"));
  private final List<String> told = new ArrayList<>();
  private final OneByOne<String> oneByOne = new OneByOne<>(clock, (one, _) -> told.add(one));
  private final List<String> done = new ArrayList<>();
  private final Set<String> damaged = new HashSet<>();
  private final Set<String> refused = new HashSet<>();

  private void work(List<String> some) {
    for (String one : some) {
      if (damaged.contains(one)) {
        throw new TransientDataAccessResourceException("a page of the file is damaged");
      }
      if (refused.contains(one)) {
        throw new IllegalArgumentException("not this one");
      }
    }
    done.addAll(some);
  }

  private void look(List<String> things) {
    try {
      oneByOne.together(things, this::work);
    } catch (TransientDataAccessResourceException ofStore) {
      // Said by whoever looks again.
    }
  }

  @Test
  void whatTheStoreCannotTakeOfOneHoldsBackNoOther() {
    damaged.add("b");

    assertThatThrownBy(() -> oneByOne.together(List.of("a", "b", "c", "d"), this::work))
        .isInstanceOf(TransientDataAccessResourceException.class);
    look(List.of("b", "c", "d"));

    assertThat(done).containsExactlyInAnyOrder("a", "c", "d");
    assertThat(told).as("the store is to blame, and whoever looks says it").isEmpty();
    damaged.clear();
    look(List.of("b"));
    assertThat(done).contains("b");
  }

  @Test
  void whatFailedIsTriedAgainThoughTheClockIsSetBack() {
    refused.add("a");
    look(List.of("a"));
    assertThat(told).containsExactly("a");

    refused.clear();
    clock.advance(Duration.ofDays(-1));
    clock.advance(Duration.ofMinutes(2));
    look(List.of("a"));

    assertThat(done).containsExactly("a");
  }

  @Test
  void theSameWhereEachIsDoneAlone() {
    damaged.add("a");
    for (int look = 0; look < 2; look++) {
      try {
        oneByOne.each(List.of("a", "b", "c"), one -> work(List.of(one)));
      } catch (TransientDataAccessResourceException ofStore) {
        // Said by whoever looks again.
      }
    }
    assertThat(done).containsExactly("b", "c");
  }

  @Test
  void severalThatTheStoreCannotTakeHoldBackNoneThatItTakesAgain() {
    damaged.addAll(List.of("a", "b", "c"));
    List<String> all = List.of("a", "b", "c");
    IntStream.range(0, 3).forEach(_ -> look(all));

    damaged.remove("c");
    IntStream.range(0, 3).forEach(_ -> look(all));

    assertThat(done).containsExactly("c");
  }

  @Test
  void takesNoMoreTogetherThanItMay() {
    List<Integer> sizes = new ArrayList<>();
    OneByOne<Integer> numbers = new OneByOne<>(clock, (_, _) -> {});
    List<Integer> all = IntStream.range(0, 250).boxed().toList();

    numbers.together(all, 100, some -> sizes.add(some.size()));

    assertThat(sizes).containsExactly(100, 100, 50);
  }

  @Test
  void manyThatAlwaysFailTakeNobodysPlace() {
    List<Integer> all = IntStream.range(0, 250).boxed().toList();
    Set<Integer> taken = new HashSet<>();
    OneByOne<Integer> numbers = new OneByOne<>(clock, (_, _) -> {});

    numbers.together(
        all,
        100,
        some -> {
          if (some.stream().anyMatch(one -> one < 150)) {
            throw new IllegalArgumentException("not these");
          }
          taken.addAll(some);
        });

    assertThat(taken).hasSize(100);
  }

  @Test
  void doesEachStepWhateverOneBeforeItThrows() {
    assertThatThrownBy(
            () ->
                OneByOne.steps(
                    () -> work(List.of("a")),
                    () -> {
                      throw new IllegalStateException("first");
                    },
                    () -> {
                      throw new IllegalStateException("second");
                    },
                    () -> work(List.of("b"))))
        .hasMessage("first")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(done).containsExactly("a", "b");
  }

  @Test
  void triesWhatFailsAloneAgainAfterAPauseThatDoubles() {
    refused.add("a");
    look(List.of("a", "b"));
    assertThat(told).containsExactly("a");
    refused.clear();
    look(List.of("a"));
    assertThat(done).containsExactly("b");
    clock.advance(Duration.ofSeconds(1));
    look(List.of("a"));
    assertThat(done).containsExactly("b", "a");
  }
}
