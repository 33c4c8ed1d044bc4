package org.linli.edge.outbox.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.Forgotten;
import org.linli.edge.outbox.RefusedNewDevices;

/**
 * What is reported of unregistered devices that there is no room for: how many were forgotten, and
 * how many messages were refused. Written by the writer thread; read by any.
 */
final class NewDevicesWithoutRoom {

  /** After so long without one, a forgotten device counts as a new spell. */
  private static final Duration BETWEEN_SPELLS = Duration.ofDays(1);

  private final InstantSource clock;
  private volatile Forgotten forgotten;
  private Instant lastForgottenAt = Instant.EPOCH;
  private volatile RefusedNewDevices refused = RefusedNewDevices.NONE;
  private volatile Instant lastRefusedAt = Instant.EPOCH;

  NewDevicesWithoutRoom(InstantSource clock, GroupWriter first) {
    this.clock = clock;
    this.forgotten = new Forgotten(first.devicesForgotten(), null, 0, null);
  }

  Forgotten forgotten() {
    return forgotten;
  }

  RefusedNewDevices refused() {
    Duration ago = Duration.between(lastRefusedAt, now());
    return ago.toMinutes() < RefusedNewDevices.LATELY_MINUTES ? refused : refused.over();
  }

  /** Adds what the writer did with its last group. */
  void committed(GroupWriter writer) {
    note(writer.devicesForgotten(), writer.newcomer());
    String newest = writer.newestRefused();
    if (writer.newDevicesRefused() > 0 && newest != null) {
      refused =
          refused()
              .plus(writer.newDevicesRefused(), newest, now(), writer.rememberedUnregistered());
      lastRefusedAt = now();
    }
  }

  private void note(long devicesForgotten, @Nullable String newcomer) {
    Forgotten before = forgotten;
    if (devicesForgotten > before.devices()) {
      boolean goesOn = !now().minus(BETWEEN_SPELLS).isAfter(lastForgottenAt);
      Instant since = before.since();
      boolean isSpell = goesOn && since != null;
      forgotten =
          new Forgotten(
              devicesForgotten,
              isSpell ? since : now(),
              (isSpell ? before.sinceThen() : 0) + devicesForgotten - before.devices(),
              newcomer == null ? before.newcomer() : newcomer);
      lastForgottenAt = now();
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
