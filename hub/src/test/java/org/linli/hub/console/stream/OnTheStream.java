package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.console.stream.StreamOfTests.FILL;
import static org.linli.hub.console.stream.StreamOfTests.NOTE;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.CommunityId;
import org.linli.hub.change.ChangeKind;
import org.linli.hub.change.ChangeRecorder;
import org.linli.hub.change.ChangesOnRecords;
import org.linli.hub.change.ReaderFigures;
import org.linli.hub.console.ShownOnStream;
import org.linli.hub.console.stream.LiveStream.Next;
import org.linli.hub.console.stream.LiveStream.Position;
import org.linli.hub.records.TestRecords;
import org.linli.program.thread.LivingThreads;
import org.springframework.dao.TransientDataAccessResourceException;
import tools.jackson.databind.json.JsonMapper;

/** Changes and the stream that tells of them, on real records. */
abstract class OnTheStream {

  static final int KEPT = 2_000;

  TestRecords records;
  ChangesOnRecords changes;
  final MeterRegistry meters = new SimpleMeterRegistry();
  LiveStream stream;
  final Listeners listeners = new Listeners(1);
  StreamThread thread;

  /** Subjects of notes that cannot be looked up now. */
  final Set<String> unreadable = new HashSet<>();

  @BeforeEach
  void open(@TempDir Path data) {
    records = new TestRecords(data);
    changes = new ChangesOnRecords(records, KEPT);
    stream = started(changes);
    thread =
        new StreamThread(
            changes.feed(),
            renderer(),
            stream,
            listeners,
            figures(),
            new LivingThreads(Clock.systemUTC()));
    assertThat(listeners.enter()).isTrue();
  }

  ReaderFigures figures() {
    return new ReaderFigures(meters, "stream");
  }

  LiveStream started(ChangesOnRecords its) {
    LiveStream started = new LiveStream(its.feed(), renderer());
    started.start();
    return started;
  }

  LiveStream afterRestart() {
    return started(new ChangesOnRecords(records, KEPT));
  }

  StreamRenderer renderer() {
    ShownOnStream notes =
        new ShownOnStream() {
          @Override
          public ChangeKind kind() {
            return NOTE;
          }

          @Override
          public Optional<?> body(@Nullable CommunityId community, String subject) {
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

  void happens(int times) {
    happens(times, 0);
  }

  void happens(int times, int letters) {
    for (int i = 0; i < times; i++) {
      String subject = i + ":" + letters;
      inOneTransaction(recorder -> recorder.record(FILL, null, subject, 1));
    }
  }

  void inOneTransaction(Consumer<ChangeRecorder> work) {
    records.transactions().executeWithoutResult(_ -> work.accept(changes.recorder()));
    bringAll();
  }

  void bringAll() {
    boolean more = true;
    while (more) {
      more = thread.bring();
    }
  }

  List<Long> idsAfter(long id) throws InterruptedException {
    return idsAfter(stream, id);
  }

  static List<Long> idsAfter(LiveStream stream, long id) throws InterruptedException {
    return stream.next(new Position(id, 0)) instanceof Next.Events(var next)
        ? next.stream().map(StreamEvent::id).toList()
        : List.of();
  }

  void inOneTransactionNotBrought(String... notes) {
    records
        .transactions()
        .executeWithoutResult(
            _ -> Stream.of(notes).forEach(note -> changes.recorder().record(NOTE, null, note, 1)));
  }
}
