package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.mqtt.PasswordChecks.Check;

class PasswordChecksTest {

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> busy = new ArrayList<>();
  private final PasswordChecks checks = new PasswordChecks(6, nanos::get);

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

  private boolean add(String network, String name) {
    return checks.add(new Check(network, name, () -> {}, () -> busy.add(network + " " + name)));
  }

  private List<String> turns() {
    List<String> turns = new ArrayList<>();
    for (Check next = checks.next(); next != null; next = checks.next()) {
      turns.add(next.network() + " " + next.name());
    }
    return turns;
  }
}
