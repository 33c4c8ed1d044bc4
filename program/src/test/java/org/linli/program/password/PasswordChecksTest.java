package org.linli.program.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.linli.program.password.PasswordChecks.Check;
import org.linli.program.thread.LivingThreads;

class PasswordChecksTest {

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> busy = new ArrayList<>();

  /** Turns are taken by {@link #turns} only. */
  private final PasswordChecks checks = new PasswordChecks(6, 1, nanos::get, turn -> {});

  @Test
  void letsOneOfANameAndAddressWaitAndAddressesHaveTheirTurns() {
    assertThat(add("10.0.0.9", "lift")).isTrue();
    assertThat(add("10.0.0.9", "lift")).isFalse();
    assertThat(add("10.0.0.9", "door")).isTrue();
    assertThat(add("10.0.0.9", "gate")).isTrue();
    assertThat(add("10.0.0.1", "lift")).isTrue();
    assertThat(turns())
        .containsExactly("10.0.0.9 lift", "10.0.0.1 lift", "10.0.0.9 door", "10.0.0.9 gate");
    assertThat(add("10.0.0.9", "lift")).isTrue();
  }

  @Test
  void letsAsManyOfANameAndAddressWaitAsItIsTold() {
    PasswordChecks two = new PasswordChecks(6, 2, nanos::get, turn -> {});
    assertThat(two.add(check("10.0.0.9", "lift", false))).isTrue();
    assertThat(two.add(check("10.0.0.9", "lift", false))).isTrue();
    assertThat(two.add(check("10.0.0.9", "lift", false))).isFalse();
    assertThat(two.next()).isNotNull();
    assertThat(two.add(check("10.0.0.9", "lift", false))).isTrue();
    assertThat(two.add(check("10.0.0.9", "lift", false))).isFalse();
  }

  @Test
  void takesAddressesLastWhosePasswordsWereWrong() {
    checks.wrong("10.0.0.9");
    add("10.0.0.9", "lift");
    add("10.0.0.1", "lift");
    assertThat(turns()).containsExactly("10.0.0.1 lift", "10.0.0.9 lift");

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    add("10.0.0.9", "lift");
    add("10.0.0.1", "lift");
    assertThat(turns()).containsExactly("10.0.0.9 lift", "10.0.0.1 lift");
  }

  @Test
  void makesRoomAtWhoHasMost() {
    for (int i = 0; i < 6; i++) {
      assertThat(add("10.0.0.9", "lift-" + i)).isTrue();
    }
    assertThat(add("10.0.0.9", "lift-6")).isFalse();
    assertThat(add("10.0.0.1", "door")).isTrue();
    assertThat(busy).containsExactly("10.0.0.9 lift-5");
    assertThat(turns()).hasSize(6).contains("10.0.0.1 door");
  }

  @Test
  void makesRoomForWhoIsKnownAndTakesHimFirst() {
    for (int i = 0; i < 6; i++) {
      assertThat(add("10.0.0." + i, "lift")).isTrue();
    }
    checks.wrong("10.0.1.1");

    assertThat(add("10.0.0.6", "lift")).isFalse();
    assertThat(checks.add(check("10.0.1.1", "wang", true))).isTrue();
    assertThat(busy).hasSize(1);
    assertThat(turns()).hasSize(6).startsWith("10.0.1.1 wang");
  }

  @Test
  void letsNoStrangerHaveTheRoomOfWhoIsKnown() {
    for (int i = 0; i < 6; i++) {
      assertThat(checks.add(check("10.0.1.1", "wang-" + i, true))).isTrue();
    }

    assertThat(add("10.0.0.1", "lift")).isFalse();
    assertThat(checks.add(check("10.0.1.2", "wang", true))).isTrue();
    assertThat(busy).containsExactly("10.0.1.1 wang-5");
  }

  @Test
  void givesBackTheRoomOfWhatIsWithdrawn() {
    Check check = check("10.0.0.9", "lift", false);
    assertThat(checks.add(check)).isTrue();
    assertThat(checks.withdraw(check)).isTrue();
    assertThat(checks.withdraw(check)).isFalse();
    assertThat(add("10.0.0.9", "lift")).isTrue();
    assertThat(turns()).containsExactly("10.0.0.9 lift");
    assertThat(busy).isEmpty();
  }

  @Test
  void tellsThoseThatWaitAtTheEnd() {
    add("10.0.0.9", "lift");
    checks.close();
    assertThat(busy).containsExactly("10.0.0.9 lift");
    assertThat(add("10.0.0.9", "lift")).isFalse();
  }

  @Test
  void checksOnAThreadOfItsOwnWhateverAnotherCheckThrew() throws Exception {
    PasswordChecks real =
        new PasswordChecks("passwords", 6, 1, new LivingThreads(InstantSource.system()));
    CompletableFuture<Thread> where = new CompletableFuture<>();
    real.add(
        new Check(
            "10.0.0.9",
            "door",
            false,
            () -> {
              throw new IllegalStateException("a check that fails");
            },
            () -> {}));
    real.add(
        new Check(
            "10.0.0.9", "lift", false, () -> where.complete(Thread.currentThread()), () -> {}));

    Thread thread = where.get(20, TimeUnit.SECONDS);
    assertThat(thread.isVirtual()).isFalse();
    assertThat(thread.getName()).isEqualTo("passwords");
  }

  private boolean add(String network, String name) {
    return checks.add(check(network, name, false));
  }

  private Check check(String network, String name, boolean isKnown) {
    return new Check(network, name, isKnown, () -> {}, () -> busy.add(network + " " + name));
  }

  private List<String> turns() {
    List<String> turns = new ArrayList<>();
    for (Check next = checks.next(); next != null; next = checks.next()) {
      turns.add(next.network() + " " + next.name());
    }
    return turns;
  }
}
