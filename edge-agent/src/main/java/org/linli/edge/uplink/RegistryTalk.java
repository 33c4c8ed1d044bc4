package org.linli.edge.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.linli.edge.registry.Registry;
import org.linli.event.EquipmentReportCodec;
import org.linli.event.GatewayTrouble;

/**
 * What one connection says and hears of the registry. Says nothing before the hub did: an older one
 * would close a connection on which it hears a topic that it does not know. Then it reports at once
 * after everything that the hub says; who came or went at most every {@link #PAUSE}; that those who
 * are there still speak every {@link #SIGNS_PAUSE}; and where nothing else went {@link
 * #BESIDE_PAUSE} long, that what stands beside every message changed: there are more dead letters,
 * or something came to be wrong or well at this gateway. What is wrong is said again every {@link
 * #SIGNS_PAUSE}, as the hub may have had no use for it before.
 */
final class RegistryTalk {

  static final Duration PAUSE = Duration.ofSeconds(2);
  static final Duration SIGNS_PAUSE = Duration.ofMinutes(5);

  static final Duration BESIDE_PAUSE = Duration.ofSeconds(30);

  private final Registry registry;
  private final LongSupplier deadLetters;
  private final Supplier<Map<GatewayTrouble, Instant>> troubles;
  private final LongSupplier nanoTime;
  private boolean toldOf;
  private boolean answerDue;
  private long news;
  private long signs;
  private long saidAt;
  private Beside besideSaid = new Beside(0, Map.of());
  private long besideSaidAt;

  /** What stands beside every message, as far as a change of it is news. */
  private record Beside(long deadLetters, Map<GatewayTrouble, Instant> troubles) {}

  /**
   * @param deadLetters how many there ever were
   * @param troubles what is wrong at this gateway, since when
   */
  RegistryTalk(
      Registry registry,
      LongSupplier deadLetters,
      Supplier<Map<GatewayTrouble, Instant>> troubles,
      LongSupplier nanoTime) {
    this.registry = registry;
    this.deadLetters = deadLetters;
    this.troubles = troubles;
    this.nanoTime = nanoTime;
  }

  /** A message goes to the hub, with what stands beside each. */
  void besideSaid() {
    besideSaid = beside();
    besideSaidAt = nanoTime.getAsLong();
  }

  private Beside beside() {
    return new Beside(deadLetters.getAsLong(), troubles.get());
  }

  /** The hub said something on {@code down}. */
  void heard(byte[] bytes) {
    registry.heard(bytes);
    toldOf = true;
    answerDue = true;
  }

  /** Reports what is due. */
  void say(Link link) throws MqttException {
    long now = nanoTime.getAsLong();
    if (now - dueAt(now) < 0) {
      return;
    }
    // Before the report is made, so that what changes meanwhile is told with the next.
    news = registry.news();
    signs = registry.signs();
    saidAt = now;
    answerDue = false;
    besideSaid();
    link.report(EquipmentReportCodec.encode(registry.report()));
  }

  /** When something is to be said, by the clock of {@code nanoTime}; far off where nothing is. */
  long dueAt(long now) {
    if (answerDue) {
      return now;
    }
    if (toldOf && registry.news() != news) {
      return saidAt + PAUSE.toNanos();
    }
    if (toldOf && !beside().equals(besideSaid)) {
      return besideSaidAt + BESIDE_PAUSE.toNanos();
    }
    if (toldOf && !besideSaid.troubles().isEmpty()) {
      return besideSaidAt + SIGNS_PAUSE.toNanos();
    }
    if (toldOf && registry.signs() != signs) {
      return saidAt + SIGNS_PAUSE.toNanos();
    }
    return now + SIGNS_PAUSE.toNanos();
  }
}
