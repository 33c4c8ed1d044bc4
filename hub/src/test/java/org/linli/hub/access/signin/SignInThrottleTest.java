package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linli.hub.TestClock;

class SignInThrottleTest {

  private final TestClock clock = new TestClock();
  private final SignInThrottle throttle = new SignInThrottle(clock);

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
  void forgivesAfterASuccessAndAfterAnHour() {
    failTimes(SignInThrottle.TRIES_OF_ADDRESS - 1);
    throttle.succeeded("wang", "10.0.0.1");
    failTimes(SignInThrottle.TRIES_OF_ADDRESS - 1);
    assertThat(throttle.tryNow("wang", "10.0.0.1")).isZero();

    clock.advance(Duration.ofHours(2));
    failTimes(SignInThrottle.TRIES_OF_ADDRESS);
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
