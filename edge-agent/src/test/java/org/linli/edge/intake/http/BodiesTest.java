package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Beginning;
import org.linli.edge.intake.LifeSearch;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;

/** How much of the heap bodies take that do not come to their end. */
class BodiesTest {

  private static final int SHARE = 150_000;
  private static final int LIMIT = 100_000;

  private final Bodies bodies = new Bodies(SHARE, LifeSearch.NONE);

  /** A request of which so much comes at once. */
  private static final class Slow {
    private final PipedInputStream in = new PipedInputStream(LIMIT);
    private final PipedOutputStream out = new PipedOutputStream(in);
    private final CompletableFuture<byte[]> read;

    Slow(Bodies bodies, int come) throws IOException {
      MockHttpServletRequest request =
          new MockHttpServletRequest() {
            @Override
            public ServletInputStream getInputStream() {
              return new DelegatingServletInputStream(in);
            }
          };
      out.write(new byte[come]);
      read =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return bodies.read(request, LIMIT).bytes();
                } catch (IOException gone) {
                  throw new CompletionException(gone);
                }
              },
              Thread::startVirtualThread);
    }

    void isHeld() {
      await()
          .untilAsserted(
              () -> {
                assertThat(read).isNotDone();
                assertThat(in.available()).isZero();
              });
    }

    byte[] ends() throws IOException {
      out.close();
      return read.join();
    }
  }

  @Test
  void givesUpTheOneThatIsReadForTheLongest() throws IOException {
    Slow first = new Slow(bodies, 60_000);
    first.isHeld();
    Slow second = new Slow(bodies, 60_000);
    second.isHeld();
    Slow third = new Slow(bodies, 60_000);

    assertThat(third.ends()).hasSize(60_000);
    assertThat(second.ends()).hasSize(60_000);
    // It notices when it needs more, or when its connection ends.
    first.out.write(new byte[20_000]);
    assertThatThrownBy(first::ends).hasCauseInstanceOf(EOFException.class);
  }

  @Test
  void countsNoSmallOnes() throws IOException {
    Slow[] many = new Slow[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = new Slow(bodies, 4_000);
      many[i].isHeld();
    }
    for (Slow one : many) {
      assertThat(one.ends()).hasSize(4_000);
    }
  }

  @Test
  void givesBackWhatWasRead() throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThat(new Slow(bodies, 90_000).ends()).hasSize(90_000);
    }
  }

  @Test
  void keepsOnlyTheBeginningOfOneThatIsTooLarge() throws IOException {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setContent(new byte[2 * LIMIT]);

    Bodies.Posted posted = bodies.read(request, LIMIT);

    assertThat(posted.bytes()).hasSize(Beginning.BYTES);
    assertThat(posted.size()).isEqualTo(2 * LIMIT);
    assertThat(posted.isTaken()).isFalse();
    assertThat(posted.isRead()).isTrue();
  }
}
