package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.console.stream.StreamOfTests.NOTES;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What one listener is sent, and what it costs. */
class StreamConnectionTest extends OnTheStream {

  private static final Duration NOT_LONG = Duration.ofMillis(50);

  @Test
  void boundsListenersAndWhatTheyAreGivenByTheHeap() {
    assertThat(Listeners.most(200, 512L << 20)).isEqualTo(102);
    assertThat(Listeners.most(200, 8L << 30)).isEqualTo(200);
    assertThat(Listeners.most(1, 1L << 20)).isEqualTo(1);
    assertThat(StreamEndpoint.pieces(512L << 20)).isEqualTo(64);
  }

  @Test
  void sendsACommentWhenNothingHappens() throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicInteger rounds = new AtomicInteger(3);

    new StreamConnection(
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
                    new StreamConnection(
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

  @Test
  void saysAfterAResetWhenThatWas() throws IOException, InterruptedException {
    records.runs(Duration.ofHours(1));
    happens(KEPT + 500);
    changes.drop();
    long at = Objects.requireNonNull(changes.feed().at(KEPT + 500));

    assertThat(heardFrom("0", 1)).contains("id: " + (KEPT + 500) + "-" + at + "\nevent: reset\n");
    assertThat(stream.from(KEPT + 500 + "-" + at).change()).isEqualTo(KEPT + 500);
    assertThat(stream.from(String.valueOf(KEPT + 500)))
        .as("an id without its moment may be one of other records")
        .isEqualTo(Bookmark.IMPOSSIBLE);
  }

  private String heardFrom(String id, int times) throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicInteger rounds = new AtomicInteger(times + 1);
    new StreamConnection(
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
    inOneTransaction(recorder -> recorder.record(NOTES, null, "gone-1"));
    inOneTransaction(recorder -> recorder.record(NOTES, null, "there"));

    assertThat(heardFrom("0", 1))
        .startsWith("retry: 2000\nid: 0\n\nid: 2-0\nevent: notes\ndata: {")
        .endsWith("}\n\n");
  }
}
