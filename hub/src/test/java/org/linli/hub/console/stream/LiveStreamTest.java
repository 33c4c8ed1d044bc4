package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.console.stream.LiveStream.Next;
import org.linli.hub.console.stream.LiveStream.Position;
import org.linli.hub.records.TestRecords;
import tools.jackson.databind.json.JsonMapper;

/** Where listeners wait, on real records. */
class LiveStreamTest {

  private static final Duration NOT_LONG = Duration.ofMillis(50);
  private static final int KEPT = 2_000;

  private TestRecords records;
  private ChangeRecords changes;
  private LiveStream stream;

  @BeforeEach
  void open(@TempDir Path data) {
    records = new TestRecords(data);
    changes = changes();
    stream = new LiveStream(changes);
    stream.start();
  }

  private ChangeRecords changes() {
    return new ChangeRecords(
        records.client(),
        records.reader(),
        records.runningTime(),
        new StreamSettings(KEPT, Duration.ofHours(24), 200, Duration.ofSeconds(15)));
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
    assertThat(stream.next(new Position(5, 0))).isInstanceOf(Next.Changes.class);
    LiveStream afterRestart = new LiveStream(changes());
    afterRestart.start();
    assertThat(afterRestart.newest()).isEqualTo(100);
    assertThat(afterRestart.next(new Position(5, 0))).isEqualTo(new Next.Reset(100));
    assertThat(afterRestart.next(new Position(99, 0))).isInstanceOf(Next.Changes.class);
  }

  @Test
  void givesNoMoreAtATimeThanAPieceHolds() throws InterruptedException {
    String large = "x".repeat(LiveStream.CHARACTERS_AT_ONCE / 3);
    for (int i = 0; i < 10; i++) {
      records
          .transactions()
          .executeWithoutResult(_ -> stream.publish(List.of(changes.append("alert", large))));
    }
    LiveStream fromTable = new LiveStream(changes());
    fromTable.start();

    assertThat(idsAfter(0)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(fromTable.next(new Position(4, 0)))
        .isInstanceOfSatisfying(
            Next.Changes.class,
            piece ->
                assertThat(piece.changes()).extracting(Change::id).containsExactly(5L, 6L, 7L, 8L));
  }

  @Test
  void boundsListenersAndWhatTheyAreGivenByTheHeap() {
    assertThat(StreamEndpoint.listeners(200, 512L << 20)).isEqualTo(102);
    assertThat(StreamEndpoint.listeners(200, 8L << 30)).isEqualTo(200);
    assertThat(StreamEndpoint.listeners(1, 1L << 20)).isEqualTo(1);
    assertThat(StreamEndpoint.pieces(512L << 20)).isEqualTo(64);
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
            0)
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
                    new Listener(stream, blocked, NOT_LONG, () -> true, new Semaphore(1), 0).run();
                  } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(stuck.await(5, TimeUnit.SECONDS)).isTrue();

    String large = "\"" + "x".repeat(100_000) + "\"";
    for (int i = 0; i < 100; i++) {
      happens(large);
    }

    assertThat(stream.charactersInMemory()).isLessThanOrEqualTo(LiveStream.CHARACTERS_IN_MEMORY);
    assertThat(idsAfter(0).getFirst()).isEqualTo(1);
    release.countDown();
    stream.stop();
    listener.join();
  }

  private void happens(int times) {
    for (int i = 0; i < times; i++) {
      happens("{}");
    }
  }

  private void happens(String data) {
    Change change =
        Objects.requireNonNull(
            records.transactions().execute(status -> changes.append("alert", data)));
    stream.publish(List.of(change));
  }

  private List<Long> idsAfter(long id) throws InterruptedException {
    return stream.next(new Position(id, 0)) instanceof Next.Changes(List<Change> next)
        ? next.stream().map(Change::id).toList()
        : List.of();
  }

  private static List<Long> idsFrom(long first, int count) {
    return LongStream.range(first, first + count).boxed().toList();
  }

  private long rows() {
    return records.client().sql("SELECT COUNT(*) FROM stream_event").query(Long.class).single();
  }

  private void inOneTransaction(Consumer<RecordingChanges> work) {
    RecordingChanges recording = new RecordingChanges(changes, stream, new JsonMapper());
    records.transactions().executeWithoutResult(_ -> work.accept(recording));
  }

  @Test
  void tellsAsManyChangesOfOneTransactionAsItHoldsInMemory() throws InterruptedException {
    inOneTransaction(
        recording -> {
          for (int i = 0; i < RecordingChanges.MOST; i++) {
            int number = i;
            recording.collect("device", () -> Map.of("id", number));
          }
        });

    int last = RecordingChanges.MOST / 100;
    assertThat(stream.newest()).isEqualTo(last);
    assertThat(idsAfter(0)).startsWith(1L);
    assertThat(idsAfter(last - 2)).containsExactly(last - 1L, (long) last);
  }

  @Test
  void hasListenersReadEverythingAgainAfterMoreChangesOfOneTransaction()
      throws InterruptedException {
    happens(1);
    inOneTransaction(
        recording -> {
          recording.record("alert", () -> Map.of("id", "before"));
          for (int i = 0; i < 20 * RecordingChanges.MOST; i++) {
            int number = i;
            recording.collect("device", () -> Map.of("id", number));
          }
          recording.record("alert", () -> Map.of("id", "after"));
        });

    long end = stream.newest();
    assertThat(end).as("ids used").isLessThan(10);
    assertThat(idsAfter(1)).as("what was written before").containsExactly(2L);
    assertThat(stream.next(new Position(2, 0))).isEqualTo(new Next.Reset(end));
    happens(1);
    assertThat(idsAfter(end)).containsExactly(end + 1);
    LiveStream afterRestart = new LiveStream(changes());
    afterRestart.start();
    assertThat(afterRestart.next(new Position(2, 0))).isEqualTo(new Next.Reset(end + 1));
  }

  @Test
  void holdsNoMoreThanItsPartOfTheHeapOfOneTransaction() throws InterruptedException {
    String large = "x".repeat(1 << 20);
    inOneTransaction(
        recording -> {
          for (int i = 0; i < 200; i++) {
            recording.record("alert", () -> Map.of("said", large));
          }
        });

    long end = stream.newest();
    assertThat(end).isLessThan(100);
    assertThat(stream.next(new Position(end - 1, 0))).isEqualTo(new Next.Reset(end));
  }
}
