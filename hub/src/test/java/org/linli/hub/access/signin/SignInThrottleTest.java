package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.TestClock;
import org.linli.hub.records.TestRecords;

class SignInThrottleTest {

  private final TestClock clock = new TestClock();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private TestRecords records;

  @SuppressWarnings("NullAway.Init") // set before each test
  private SessionRows file;

  @SuppressWarnings("NullAway.Init") // set before each test
  private KnownAddresses known;

  @SuppressWarnings("NullAway.Init") // set before each test
  private SignInThrottle throttle;

  @BeforeEach
  void start() {
    records = new TestRecords(folder);
    file = new SessionRows(records.folder(), records.shared());
    known = new KnownAddresses(file, clock);
    throttle = new SignInThrottle(clock, known);
  }

  @AfterEach
  void stop() {
    file.close();
    records.close();
  }

  @Test
  void doublesTheWaitWithEachFurtherFailureUpToAQuarterOfAnHour() {
    failTimes(SignInThrottle.TRIES_OF_ADDRESS);
    assertThat(throttle.tryNow("wang", "10.0.0.1"))
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));

    clock.advance(Duration.ofSeconds(10));
    failTimes(1);
    assertThat(throttle.tryNow("wang", "10.0.0.1"))
        .isBetween(Duration.ofSeconds(19), Duration.ofSeconds(20));

    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMinutes(15));
      failTimes(1);
    }
    assertThat(throttle.tryNow("wang", "10.0.0.1"))
        .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
  }

  @Test
  void slowsAnAccountThatIsTriedFromManyAddresses() {
    for (int address = 0; address < SignInThrottle.TRIES_OF_ACCOUNT; address++) {
      assertThat(throttle.tryNow("wang", "10.0.0." + address)).isZero();
    }

    assertThat(throttle.tryNow("wang", "10.0.1.1")).isPositive();
    assertThat(throttle.tryNow("li", "10.0.1.1")).isZero();
  }

  @Test
  void takesANameForTheSameHoweverItIsSpelled() {
    for (int address = 0; address < SignInThrottle.TRIES_OF_ACCOUNT; address++) {
      String name = address % 2 == 0 ? "wANG" : "Wang";
      assertThat(throttle.tryNow(name, "10.0.0." + address)).isZero();
    }

    assertThat(throttle.tryNow("WANG", "10.0.1.1")).isPositive();
  }

  @Test
  void remembersTheAddressesThatWereUsedLast() {
    for (int i = 0; i <= KnownAddresses.REMEMBERED; i++) {
      clock.advance(Duration.ofMillis(5));
      throttle.succeeded("wang", "10.2." + i / 256 + "." + i % 256);
    }

    assertThat(known.size()).isEqualTo(KnownAddresses.REMEMBERED);
    assertThat(file.addresses()).hasSize(KnownAddresses.REMEMBERED).doesNotContain("10.2.0.0");
    assertThat(new KnownAddresses(file, clock).isKnown("10.2.0.1")).isTrue();
  }

  @Test
  void forgivesAfterASuccessAndAfterAnHour() {
    failTimes(SignInThrottle.TRIES_OF_ADDRESS - 1);
    throttle.succeeded("wang", "10.0.0.1");
    failTimes(SignInThrottle.TRIES_OF_ADDRESS - 1);
    assertThat(throttle.tryNow("wang", "10.0.0.1")).isZero();

    clock.advance(Duration.ofHours(2));
    failTimes(SignInThrottle.TRIES_OF_ADDRESS);
  }

  @Test
  void doesNotCountWhatWasNotLookedAt() {
    for (int i = 0; i < 2 * SignInThrottle.TRIES_OF_ACCOUNT; i++) {
      failTimes(1);
      throttle.withdraw("wang", "10.0.0.1");
    }
    assertThat(throttle.size()).isZero();

    failTimes(SignInThrottle.TRIES_OF_ADDRESS);
    throttle.withdraw("wang", "10.0.0.1");
    failTimes(1);
    assertThat(throttle.tryNow("wang", "10.0.0.1")).isPositive();
  }

  @Test
  void letsNobodyWaitForAClockThatWasPutBack() {
    failTimes(SignInThrottle.TRIES_OF_ADDRESS);
    clock.advance(Duration.ofDays(-400));

    assertThat(throttle.tryNow("wang", "10.0.0.1")).isZero();
  }

  @Test
  void remembersABoundedNumber() {
    for (int i = 0; i < SignInThrottle.REMEMBERED; i++) {
      throttle.tryNow("somebody-" + i, "10.1." + i / 256 + "." + i % 256);
    }

    assertThat(throttle.size()).isEqualTo(SignInThrottle.REMEMBERED);
  }

  private void failTimes(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(throttle.tryNow("wang", "10.0.0.1")).isZero();
    }
  }
}
