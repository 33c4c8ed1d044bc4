package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several share one turn, and what is thrown in it is the end of the work of nobody else. */
class SharedTurnTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int MOST = 100;

  private record Piece(String name) implements SharedTurn.Work {
    @Override
    public boolean isUrgent() {
      return name.startsWith("urgent");
    }

    /** No two urgent ones go together. */
    @Override
    public int size() {
      return isUrgent() ? MOST : 1;
    }
  }

  /** Whoever comes first holds the turn until the others wait; then each group is {@code work}. */
  private static final class Crowd {
    private final CountDownLatch allWait = new CountDownLatch(1);
    private final List<List<String>> groups = new ArrayList<>();
    private final SharedTurn<Piece> turn;

    Crowd(Consumer<List<String>> work) {
      turn =
          new SharedTurn<>(
              MOST,
              pieces -> {
                List<String> names = pieces.stream().map(Piece::name).toList();
                if (names.equals(List.of("first"))) {
                  hold();
                } else {
                  groups.add(names);
                  work.accept(names);
                }
              });
    }

    private void hold() {
      try {
        assertThat(allWait.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** What was thrown to whoever brought it; null for nothing. */
    CompletableFuture<@Nullable Throwable> bring(String name) {
      CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
      Thread thread =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      turn.take(new Piece(name));
                      end.complete(null);
                    } catch (Throwable thrown) {
                      end.complete(thrown);
                    }
                  });
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  end.isDone()
                      || thread.getState() == Thread.State.WAITING
                      || thread.getState() == Thread.State.TIMED_WAITING);
      return end;
    }

    void go() {
      allWait.countDown();
    }

    List<List<String>> groups() {
      return groups;
    }
  }

  private static @Nullable Throwable end(CompletableFuture<@Nullable Throwable> of)
      throws Exception {
    return of.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void letsOnePieceOfTheRestComeAfterFourUrgentGroups() {
    Crowd crowd = new Crowd(_ -> {});
    List<CompletableFuture<@Nullable Throwable>> ends = new ArrayList<>();
    for (String name : List.of("first", "bulk 1", "bulk 2")) {
      ends.add(crowd.bring(name));
    }
    for (int i = 1; i <= 9; i++) {
      ends.add(crowd.bring("urgent " + i));
    }

    crowd.go();

    ends.forEach(end -> assertThat(end.join()).isNull());
    assertThat(crowd.groups.stream().map(List::getFirst))
        .containsExactly(
            "urgent 1",
            "urgent 2",
            "urgent 3",
            "urgent 4",
            "bulk 1",
            "urgent 5",
            "urgent 6",
            "urgent 7",
            "urgent 8",
            "bulk 2",
            "urgent 9");
  }

  @Test
  void anErrorOfOneIsTheEndOfNobodyElse() throws Exception {
    StackOverflowError error = new StackOverflowError();
    Crowd crowd =
        new Crowd(
            names -> {
              if (names.contains("bad")) {
                throw error;
              }
            });
    var first = crowd.bring("first");
    var good = crowd.bring("good");
    var bad = crowd.bring("bad");
    var other = crowd.bring("other");
    crowd.go();

    assertThat(end(first)).isNull();
    assertThat(end(good)).isNull();
    assertThat(end(bad)).isSameAs(error);
    assertThat(end(other)).isNull();
    assertThat(crowd.groups())
        .containsExactly(
            List.of("good", "bad", "other"), List.of("good"), List.of("bad"), List.of("other"));
    assertThat(end(crowd.bring("later"))).isNull();
  }

  @Test
  void memoryThatIsUsedUpEndsEverybodyAtOnce() throws Exception {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    AtomicInteger tries = new AtomicInteger();
    Crowd crowd =
        new Crowd(
            names -> {
              if (tries.incrementAndGet() == 1) {
                throw error;
              }
            });
    var first = crowd.bring("first");
    var one = crowd.bring("one");
    var two = crowd.bring("two");
    crowd.go();

    assertThat(end(first)).isNull();
    assertThat(end(one)).isSameAs(error);
    assertThat(end(two)).isSameAs(error);
    assertThat(crowd.groups()).containsExactly(List.of("one", "two"));
    assertThat(end(crowd.bring("later"))).isNull();
  }
}
