package org.linli.edge.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.linli.edge.registry.Registry;
import org.linli.event.GatewayTrouble;
import org.linli.event.codec.EquipmentReportCodec;

/**
 * The registry messages of one connection. It reports nothing before the hub has sent a registry,
 * because an older hub would close the connection at an unknown topic. After that it reports:
 *
 * <ul>
 *   <li>at once after every message of the hub;
 *   <li>unregistered equipment that was added or removed, at most every {@link #PAUSE};
 *   <li>that known equipment still sends, every {@link #SIGNS_PAUSE};
 *   <li>changes of the data that go with every message (dead letters and problems of this gateway),
 *       if nothing else was sent for {@link #BESIDE_PAUSE}.
 * </ul>
 *
 * <p>Current problems are repeated every {@link #SIGNS_PAUSE}, because the hub may not have been
 * able to use them before.
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

  /** The data that go with every message and whose changes are reported. */
  private record Beside(long deadLetters, Map<GatewayTrouble, Instant> troubles) {}

  /**
   * @param deadLetters how many there have been
   * @param troubles the current problems of this gateway, since when
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

  /** A message is sent to the hub, with the data that go with every message. */
  void besideSaid() {
    besideSaid = beside();
    besideSaidAt = nanoTime.getAsLong();
  }

  private Beside beside() {
    return new Beside(deadLetters.getAsLong(), troubles.get());
  }

  /** Takes a message of the hub on {@code down}. */
  void heard(byte[] bytes) {
    registry.heard(bytes);
    toldOf = true;
    answerDue = true;
  }

  /** Sends the report if it is due. */
  void say(HubSender link) throws MqttException {
    long now = nanoTime.getAsLong();
    if (now - dueAt(now) < 0) {
      return;
    }
    // Read before the report is made, so that later changes go with the next one.
    news = registry.news();
    signs = registry.signs();
    saidAt = now;
    answerDue = false;
    besideSaid();
    link.report(EquipmentReportCodec.encode(registry.report()));
  }

  /**
   * When the next report is due, by the clock of {@code nanoTime}; far in the future if none is.
   */
  long dueAt(long now) {
    if (answerDue) {
      return now;
    }
    if (toldOf && registry.news() != news) {
      return saidAt + PAUSE.toNanos();
    }
    long due = now + SIGNS_PAUSE.toNanos();
    // Each batch puts off what stands beside it, and not these.
    if (toldOf && registry.signs() != signs) {
      due = Math.min(due, saidAt + SIGNS_PAUSE.toNanos());
    }
    if (toldOf && !beside().equals(besideSaid)) {
      due = Math.min(due, besideSaidAt + BESIDE_PAUSE.toNanos());
    } else if (toldOf && !besideSaid.troubles().isEmpty()) {
      due = Math.min(due, besideSaidAt + SIGNS_PAUSE.toNanos());
    }
    return due;
  }
}
