package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.linli.hub.console.stream.StreamOfTests.FILL;
import static org.linli.hub.console.stream.StreamOfTests.NOTE;
import static org.linli.hub.console.stream.StreamOfTests.NOTES;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.change.ChangeKind;
import org.linli.hub.change.ChangeRecorder;
import org.linli.hub.change.ChangesOnRecords;
import org.linli.hub.change.ReaderFigures;
import org.linli.hub.console.stream.LiveStream.Next;
import org.linli.hub.console.stream.LiveStream.Position;
import org.linli.hub.records.TestRecords;
import org.linli.program.thread.LivingThreads;
import org.springframework.dao.TransientDataAccessResourceException;
import tools.jackson.databind.json.JsonMapper;

/** Where listeners wait, on real records. */
class LiveStreamTest {

  private static final Duration NOT_LONG = Duration.ofMillis(50);
  private static final int KEPT = 2_000;

  private TestRecords records;
  private ChangesOnRecords changes;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private LiveStream stream;
  private StreamThread thread;

  /** Subjects of notes that cannot be looked up now. */
  private final Set<String> unreadable = new HashSet<>();

  @BeforeEach
  void open(@TempDir Path data) {
    records = new TestRecords(data);
    changes = new ChangesOnRecords(records, KEPT);
    stream = started(changes);
    thread =
        new StreamThread(
            changes.feed(), renderer(), stream, figures(), new LivingThreads(Clock.systemUTC()));
  }

  private ReaderFigures figures() {
    return new ReaderFigures(meters, "stream");
  }

  private LiveStream started(ChangesOnRecords its) {
    LiveStream started = new LiveStream(its.feed(), renderer());
    started.start();
    return started;
  }

  private LiveStream afterRestart() {
    return started(new ChangesOnRecords(records, KEPT));
  }

  private StreamRenderer renderer() {
    ShownOnStream notes =
        new ShownOnStream() {
          @Override
          public ChangeKind kind() {
            return NOTE;
          }

          @Override
          public Optional<?> body(String subject) {
            if (unreadable.contains(subject)) {
              throw new TransientDataAccessResourceException("no records now");
            }
            return Optional.of(subject);
          }
        };
    return new StreamRenderer(
        List.of(notes, StreamOfTests.notes(), StreamOfTests.fill()), new JsonMapper(), figures());
  }

  @AfterEach
  void close() {
    records.close();
  }

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

    assertThat(stream.next(new Position(0, 0))).isEqualTo(new Next.Reset(KEPT + 500));
    assertThat(idsAfter(500).getFirst()).isEqualTo(501);
    assertThat(rows()).isEqualTo(KEPT);
  }

  @Test
  void dropsWhatIsOlderThanADayButNeverGivesAnIdOutTwice() throws InterruptedException {
    happens(99);
    records.runs(Duration.ofHours(25));
    happens(1);

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
  void boundsListenersAndWhatTheyAreGivenByTheHeap() {
    assertThat(StreamEndpoint.listeners(200, 512L << 20)).isEqualTo(102);
    assertThat(StreamEndpoint.listeners(200, 8L << 30)).isEqualTo(200);
    assertThat(StreamEndpoint.listeners(1, 1L << 20)).isEqualTo(1);
    assertThat(StreamEndpoint.pieces(512L << 20)).isEqualTo(64);
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

  @Test
  void sendsACommentWhenNothingHappens() throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicInteger rounds = new AtomicInteger(3);

    new Listener(
            stream,
            out,
            Duration.ofMillis(10),
            () -> rounds.decrementAndGet() > 0,
            new Semaphore(1),
            stream.from("0"))
        .run();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("retry: 2000\nid: 0\n\n: still here\n\n: still here\n\n");
  }

  @Test
  void holdsNoMemoryForAListenerThatDoesNotRead() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    OutputStream blocked =
        new OutputStream() {
          @Override
          public void write(int one) {}

          @Override
          public void write(byte[] bytes, int from, int length) {
            stuck.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Thread listener =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    new Listener(
                            stream,
                            blocked,
                            NOT_LONG,
                            () -> true,
                            new Semaphore(1),
                            stream.from("0"))
                        .run();
                  } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(stuck.await(5, TimeUnit.SECONDS)).isTrue();

    happens(100, 100_000);

    assertThat(stream.charactersInMemory()).isLessThanOrEqualTo(LiveStream.CHARACTERS_IN_MEMORY);
    assertThat(idsAfter(0).getFirst()).isEqualTo(1);
    release.countDown();
    stream.stop();
    listener.join();
  }

  private void happens(int times) {
    happens(times, 0);
  }

  private void happens(int times, int letters) {
    for (int i = 0; i < times; i++) {
      String subject = i + ":" + letters;
      inOneTransaction(recorder -> recorder.record(FILL, subject, 1));
    }
  }

  private void inOneTransaction(Consumer<ChangeRecorder> work) {
    records.transactions().executeWithoutResult(_ -> work.accept(changes.recorder()));
    bringAll();
  }

  private void bringAll() {
    boolean more = true;
    while (more) {
      more = thread.bring();
    }
  }

  private List<Long> idsAfter(long id) throws InterruptedException {
    return idsAfter(stream, id);
  }

  private static List<Long> idsAfter(LiveStream stream, long id) throws InterruptedException {
    return stream.next(new Position(id, 0)) instanceof Next.Events(var next)
        ? next.stream().map(StreamEvent::id).toList()
        : List.of();
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
            recorder.record(NOTES, "note-" + i);
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
          recorder.record(FILL, "before:0", 1);
          for (int i = 0; i < 20 * ChangeRecorder.MOST; i++) {
            recorder.record(NOTES, "note-" + i);
          }
          recorder.record(FILL, "after:0", 1);
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
  void holdsNoMoreInMemoryOfOneTransactionThanOfOthers() {
    inOneTransaction(
        recorder -> {
          for (int i = 0; i < 100; i++) {
            recorder.record(FILL, i + ":" + (1 << 20), 1);
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

  private void inOneTransactionNotBrought(String... notes) {
    records
        .transactions()
        .executeWithoutResult(
            _ -> Stream.of(notes).forEach(note -> changes.recorder().record(NOTE, note, 1)));
  }

  private List<@Nullable String> notesAfter(long id) {
    List<@Nullable String> data = new ArrayList<>();
    if (stream.next(new Position(id, 0)) instanceof Next.Events(var events)) {
      events.forEach(event -> data.add(event.data()));
    }
    return data;
  }

  @Test
  void saysAfterAResetWhenThatWas() throws IOException, InterruptedException {
    records.runs(Duration.ofHours(1));
    happens(KEPT + 500);
    long at = Objects.requireNonNull(changes.feed().at(KEPT + 500));

    assertThat(heardFrom("0", 1)).contains("id: " + (KEPT + 500) + "-" + at + "\nevent: reset\n");
    assertThat(stream.from(KEPT + 500 + "-" + at).change()).isEqualTo(KEPT + 500);
    assertThat(stream.from(String.valueOf(KEPT + 500)))
        .as("an id without its moment may be one of other records")
        .isEqualTo(Bookmark.IMPOSSIBLE);
  }

  @Test
  void countsHowOftenItFellBehindWhatIsKept() {
    for (int i = 0; i < KEPT + 500; i++) {
      inOneTransactionNotBrought("note-" + i);
    }
    bringAll();

    assertThat(stream.newest()).isEqualTo(KEPT + 500);
    assertThat(meters.get("linli.changes.gaps").tag("reader", "stream").counter().count())
        .isEqualTo(1);
  }

  private String heardFrom(String id, int times) throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicInteger rounds = new AtomicInteger(times + 1);
    new Listener(
            stream,
            out,
            Duration.ofMillis(10),
            () -> rounds.decrementAndGet() > 0,
            new Semaphore(1),
            stream.from(id))
        .run();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesNothingOfAChangeThatIsNotShown() throws IOException, InterruptedException {
    inOneTransaction(recorder -> recorder.record(NOTES, "gone-1"));
    inOneTransaction(recorder -> recorder.record(NOTES, "there"));

    assertThat(heardFrom("0", 1))
        .startsWith("retry: 2000\nid: 0\n\nid: 2-0\nevent: notes\ndata: {")
        .endsWith("}\n\n");
  }
}
