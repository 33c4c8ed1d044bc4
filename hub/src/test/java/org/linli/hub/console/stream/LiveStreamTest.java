package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.linli.hub.console.stream.StreamOfTests.FILL;
import static org.linli.hub.console.stream.StreamOfTests.NOTES;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.linli.hub.change.ChangeRecorder;
import org.linli.hub.console.stream.LiveStream.Next;
import org.linli.hub.console.stream.LiveStream.Position;
import org.springframework.dao.TransientDataAccessResourceException;

/** Where listeners wait. */
class LiveStreamTest extends OnTheStream {

  @Test
  void answersAListenerThatIsBehindMemoryFromTheTable() throws InterruptedException {
    happens(LiveStream.IN_MEMORY + 500);

    assertThat(idsAfter(0)).isEqualTo(idsFrom(1, LiveStream.AT_ONCE));
    assertThat(idsAfter(499)).isEqualTo(idsFrom(500, LiveStream.AT_ONCE));
    assertThat(idsAfter(1_490))
        .containsExactly(
            1_491L, 1_492L, 1_493L, 1_494L, 1_495L, 1_496L, 1_497L, 1_498L, 1_499L, 1_500L);
  }

  @Test
  void keepsABoundedNumberAndSaysSoToAListenerBeforeThem() throws InterruptedException {
    happens(KEPT + 500);
    changes.drop();

    assertThat(stream.next(new Position(0, 0))).isEqualTo(new Next.Reset(KEPT + 500));
    assertThat(idsAfter(500).getFirst()).isEqualTo(501);
    assertThat(rows()).isEqualTo(KEPT);
  }

  @Test
  void dropsWhatIsOlderThanADayButNeverGivesAnIdOutTwice() throws InterruptedException {
    happens(99);
    records.runs(Duration.ofHours(25));
    happens(1);
    changes.drop();

    assertThat(rows()).isEqualTo(1);
    assertThat(stream.next(new Position(5, 0))).isInstanceOf(Next.Events.class);
    LiveStream afterRestart = afterRestart();
    assertThat(afterRestart.newest()).isEqualTo(100);
    assertThat(afterRestart.next(new Position(5, 0))).isEqualTo(new Next.Reset(100));
    assertThat(afterRestart.next(new Position(99, 0))).isInstanceOf(Next.Events.class);
  }

  @Test
  void givesNoMoreAtATimeThanAPieceHolds() throws InterruptedException {
    int quotes = 2;
    for (int i = 0; i < 10; i++) {
      happens(1, LiveStream.CHARACTERS_AT_ONCE / 3 - quotes);
    }

    assertThat(idsAfter(0)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(afterRestart().next(new Position(4, 0)))
        .isInstanceOfSatisfying(
            Next.Events.class,
            piece ->
                assertThat(piece.events())
                    .extracting(StreamEvent::id)
                    .containsExactly(5L, 6L, 7L, 8L));
  }

  @Test
  void refusesSettingsWithoutWhichNobodyIsToldAnything() {
    assertThatThrownBy(() -> new StreamSettings(0, Duration.ofSeconds(15)))
        .hasMessage("linli.stream.listeners is 0: set it to between 1 and 10000");
    assertThatThrownBy(() -> new StreamSettings(200, Duration.ZERO))
        .hasMessage("linli.stream.heartbeat is PT0S: set it to between 1s and 1m");
  }

  @Test
  void skipsFiguresThatAListenerWasTooSlowFor() throws InterruptedException {
    stream.publishFigures("1");
    stream.publishFigures("2");
    stream.publishFigures("2");

    assertThat(stream.next(new Position(0, 0))).isEqualTo(new Next.Figures(2, "2"));
    assertThat(stream.next(new Position(0, 2))).isEqualTo(new Next.Silence());
  }

  @Test
  void letsGoOfWhoeverWaitsWhenTheHubStops() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                stream.await(new Position(0, 0), Duration.ofMinutes(1));
                if (stream.next(new Position(0, 0)) instanceof Next.Ended) {
                  ended.countDown();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    stream.stop();

    assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
  }

  private static List<Long> idsFrom(long first, int count) {
    return LongStream.range(first, first + count).boxed().toList();
  }

  private long rows() {
    return records.client().sql("SELECT COUNT(*) FROM change").query(Long.class).single();
  }

  @Test
  void tellsAsManyChangesOfOneTransactionAsItHoldsInMemory() throws InterruptedException {
    inOneTransaction(
        recorder -> {
          for (int i = 0; i < ChangeRecorder.MOST; i++) {
            recorder.record(NOTES, null, "note-" + i);
          }
        });

    int last = ChangeRecorder.MOST / 100;
    assertThat(stream.newest()).isEqualTo(last);
    assertThat(idsAfter(0)).startsWith(1L);
    assertThat(idsAfter(last - 2)).containsExactly(last - 1L, (long) last);
  }

  @Test
  void hasListenersReadEverythingAgainAfterMoreChangesOfOneTransaction()
      throws InterruptedException {
    happens(1);
    inOneTransaction(
        recorder -> {
          recorder.record(FILL, null, "before:0", 1);
          for (int i = 0; i < 20 * ChangeRecorder.MOST; i++) {
            recorder.record(NOTES, null, "note-" + i);
          }
          recorder.record(FILL, null, "after:0", 1);
        });

    long end = stream.newest();
    assertThat(end).as("ids used").isEqualTo(2);
    assertThat(idsAfter(0)).as("what was told before").containsExactly(1L);
    assertThat(stream.next(new Position(1, 0))).isEqualTo(new Next.Reset(end));
    happens(1);
    assertThat(idsAfter(end)).containsExactly(end + 1);
    LiveStream afterRestart = afterRestart();
    assertThat(idsAfter(afterRestart, 0)).as("not over the gap").containsExactly(1L);
    assertThat(afterRestart.next(new Position(1, 0))).isEqualTo(new Next.Reset(end + 1));
  }

  @Test
  void rendersNothingWhileNobodyListensAndGivesItToWhoeverComes() throws InterruptedException {
    happens(1);
    listeners.leave();
    unreadable.add("unseen");
    inOneTransactionNotBrought("unseen", "seen");
    bringAll();

    assertThat(stream.newest()).isEqualTo(3);
    assertThat(stream.charactersInMemory()).isZero();
    unreadable.clear();
    assertThat(listeners.enter()).isTrue();
    happens(1);
    assertThat(idsAfter(0)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(idsAfter(3)).containsExactly(4L);
  }

  @Test
  void holdsNoMoreInMemoryOfOneTransactionThanOfOthers() {
    inOneTransaction(
        recorder -> {
          for (int i = 0; i < 100; i++) {
            recorder.record(FILL, null, i + ":" + (1 << 20), 1);
          }
        });

    assertThat(stream.newest()).isEqualTo(100);
    assertThat(stream.charactersInMemory()).isLessThanOrEqualTo(LiveStream.CHARACTERS_IN_MEMORY);
    assertThat(stream.next(new Position(0, 0)))
        .isInstanceOfSatisfying(Next.Events.class, piece -> assertThat(piece.events()).hasSize(1));
  }

  @Test
  void triesAgainWhereTheRecordsCannotBeReadAndHasListenersReadAgainWhatStaysSo() {
    unreadable.addAll(List.of("for-a-moment", "for-good"));
    inOneTransactionNotBrought("for-a-moment", "for-good", "whole");

    assertThatThrownBy(thread::bring).isInstanceOf(TransientDataAccessResourceException.class);
    assertThat(stream.newest()).as("nothing is passed over").isZero();
    unreadable.remove("for-a-moment");
    assertThatThrownBy(thread::bring).isInstanceOf(TransientDataAccessResourceException.class);
    assertThatThrownBy(thread::bring).isInstanceOf(TransientDataAccessResourceException.class);
    assertThat(stream.newest()).isEqualTo(1);
    bringAll();

    assertThat(stream.newest()).isEqualTo(3);
    assertThat(notesAfter(0)).containsExactly("\"for-a-moment\"");
    assertThat(stream.next(new Position(1, 0))).isEqualTo(new Next.Reset(2));
    assertThat(notesAfter(2)).containsExactly("\"whole\"");
    LiveStream afterRestart = afterRestart();
    assertThat(afterRestart.next(new Position(1, 0))).isEqualTo(new Next.Reset(2));
    unreadable.clear();
    assertThat(notesAfter(1)).containsExactly("\"for-good\"", "\"whole\"");
  }

  private List<@Nullable String> notesAfter(long id) {
    List<@Nullable String> data = new ArrayList<>();
    if (stream.next(new Position(id, 0)) instanceof Next.Events(var events)) {
      events.forEach(event -> data.add(event.data()));
    }
    return data;
  }

  @Test
  void countsHowOftenItFellBehindWhatIsKept() {
    for (int i = 0; i < KEPT + 500; i++) {
      inOneTransactionNotBrought("note-" + i);
    }
    changes.drop();
    bringAll();

    assertThat(stream.newest()).isEqualTo(KEPT + 500);
    assertThat(meters.get("linli.changes.gaps").tag("reader", "stream").counter().count())
        .isEqualTo(1);
  }
}
