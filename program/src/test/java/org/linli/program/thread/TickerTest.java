package org.linli.program.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TickerTest {

  private final LivingThreads threads = new LivingThreads(Clock.systemUTC());

  private Ticker ticker(Runnable look) {
    return new Ticker(threads, LivingThreads.Make.VIRTUAL, "looks", Duration.ofMillis(1)) {
      @Override
      protected void look() {
        look.run();
      }
    };
  }

  @Test
  void looksAgainAndAgainFromItsStartToItsStop() throws InterruptedException {
    CountDownLatch looks = new CountDownLatch(3);
    Ticker ticker = ticker(looks::countDown);
    assertThat(ticker.isRunning()).isFalse();
    ticker.stop();

    ticker.start();
    assertThat(ticker.isRunning()).isTrue();
    assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
    ticker.stop();
    assertThat(ticker.isRunning()).isFalse();
    assertThat(threads.standings()).doesNotContainKey("looks");
  }

  @Test
  void startsAgainAfterItsStop() throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch again = new CountDownLatch(1);
    AtomicBoolean stopped = new AtomicBoolean();
    Ticker ticker =
        ticker(
            () -> {
              looks.incrementAndGet();
              if (stopped.get()) {
                again.countDown();
              }
            });
    ticker.start();
    ticker.stop();
    stopped.set(true);

    ticker.start();
    assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
    ticker.stop();
    assertThat(looks.get()).isPositive();
  }

  @Test
  void endsNoLookThatIsUnderWay() throws InterruptedException {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean whole = new AtomicBoolean();
    Ticker ticker =
        ticker(
            () -> {
              underWay.countDown();
              try {
                whole.set(goOn.await(10, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    ticker.start();
    assertThat(underWay.await(10, TimeUnit.SECONDS)).isTrue();

    Thread stopping = Thread.ofVirtual().start(ticker::stop);
    goOn.countDown();
    stopping.join();
    assertThat(whole).isTrue();
  }
}
