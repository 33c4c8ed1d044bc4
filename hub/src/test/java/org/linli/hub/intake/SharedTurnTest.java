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

  private record Piece(String name) implements SharedTurn.Work {
    @Override
    public boolean isUrgent() {
      return false;
    }

    @Override
    public int size() {
      return 1;
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
              100,
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
