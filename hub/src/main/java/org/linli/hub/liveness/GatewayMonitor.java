package org.linli.hub.liveness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.hub.gateway.AppliedSoFar;
import org.linli.hub.records.Elapsed;
import org.linli.hub.records.OneByOne;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Detects gateways that are away too long, and gateways whose clock is off. Durations are elapsed
 * time, not clock time. A hub that was just started gives each gateway that time to connect. A
 * gateway that was never heard is being set up, and is not missed. A message may have been on its
 * way for long, so a clock counts as behind only after a minute of such messages. Checks every
 * {@link LivenessSettings#tick}.
 */
@Component
class GatewayMonitor extends Ticker {

  private static final Logger log = LoggerFactory.getLogger(GatewayMonitor.class);

  private static final Duration SURE_AFTER = Duration.ofMinutes(1);

  private final GatewayConnections connections;
  private final AppliedSoFar applied;
  private final LivenessSettings settings;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Elapsed elapsed;
  private final Map<GatewayId, Absence> away = new HashMap<>();
  private final Set<GatewayId> told = new HashSet<>();

  /** Whether the records know a gateway from before the hub was started. */
  private final Map<GatewayId, Boolean> heardEarlier = new HashMap<>();

  private final OneByOne<GatewayId> telling;

  /** When the first of the uninterrupted readings that seem off was taken. */
  private final Map<GatewayId, Instant> seemsOffSince = new HashMap<>();

  /** What was last published about each clock: whether it is off. */
  private final Map<GatewayId, Boolean> toldOff = new HashMap<>();

  /** When each clock was last published as off, in {@link Elapsed#nanos}. */
  private final Map<GatewayId, Long> offSince = new HashMap<>();

  private final OneByOne<GatewayId> tellingClocks;

  /**
   * @param since as the link reports it; another time means another absence
   * @param from when it was first seen, in {@link Elapsed#nanos}
   */
  private record Absence(@Nullable Instant since, long from) {}

  GatewayMonitor(
      GatewayConnections connections,
      AppliedSoFar applied,
      LivenessSettings settings,
      TransactionTemplate transaction,
      ApplicationEventPublisher events,
      Clock clock,
      Elapsed elapsed,
      LivingThreads threads) {
    super(threads, LivingThreads.Make.VIRTUAL, "gateway-watch", settings.tick());
    this.connections = connections;
    this.applied = applied;
    this.settings = settings;
    this.transaction = transaction;
    this.events = events;
    this.clock = clock;
    this.elapsed = elapsed;
    this.telling = new OneByOne<>(clock, GatewayMonitor::fails);
    this.tellingClocks = new OneByOne<>(clock, GatewayMonitor::fails);
  }

  @Override
  protected void look() {
    OneByOne.steps(this::lookForAway, this::lookAtClocks);
  }

  private void lookAtClocks() {
    List<GatewayId> all = connections.all().stream().map(GatewayStatus::gateway).toList();
    tellingClocks.each(all, this::judgeClock);
  }

  private void judgeClock(GatewayId gateway) {
    GatewayConnections.ClockReading reading = connections.clock(gateway);
    if (reading == null) {
      return;
    }
    boolean isOff = isOff(reading);
    if (!isOff) {
      seemsOffSince.remove(gateway);
    } else if (!isSure(gateway, reading)) {
      return;
    }
    if (!Objects.equals(toldOff.get(gateway), isOff) && (!isOff || mayBeOffAgain(gateway))) {
      transaction.executeWithoutResult(
          _ ->
              events.publishEvent(
                  new GatewayClockJudged(gateway, isOff, reading.ahead(), clock.instant())));
      toldOff.put(gateway, isOff);
    }
  }

  /**
   * Limits the alerts: a gateway may report another time with each message, and each alert calls a
   * person.
   */
  private boolean mayBeOffAgain(GatewayId gateway) {
    long now = elapsed.nanos();
    Long before = offSince.get(gateway);
    boolean may = before == null || now - before >= SURE_AFTER.toNanos();
    if (may) {
      offSince.put(gateway, now);
    }
    return may;
  }

  private boolean isOff(GatewayConnections.ClockReading reading) {
    Duration ahead = reading.ahead();
    return ahead == null || ahead.abs().compareTo(settings.gatewayClockOff()) >= 0;
  }

  private boolean isSure(GatewayId gateway, GatewayConnections.ClockReading reading) {
    Instant first = seemsOffSince.computeIfAbsent(gateway, _ -> reading.at());
    Duration ahead = reading.ahead();
    return ahead == null || !ahead.isNegative() || !reading.at().isBefore(first.plus(SURE_AFTER));
  }

  private void lookForAway() {
    List<GatewayStatus> missed = new ArrayList<>();
    for (GatewayStatus gateway : connections.all()) {
      if (gateway.connected()) {
        away.remove(gateway.gateway());
        told.remove(gateway.gateway());
      } else if (isAwayTooLong(gateway) && !told.contains(gateway.gateway())) {
        missed.add(gateway);
      }
    }
    Map<GatewayId, GatewayStatus> byId = new HashMap<>();
    missed.forEach(gateway -> byId.put(gateway.gateway(), gateway));
    telling.each(byId.keySet(), id -> tell(Objects.requireNonNull(byId.get(id))));
  }

  private boolean isAwayTooLong(GatewayStatus gateway) {
    long now = elapsed.nanos();
    Absence absence =
        away.compute(
            gateway.gateway(),
            (_, before) ->
                before != null && Objects.equals(before.since(), gateway.since())
                    ? before
                    : new Absence(gateway.since(), now));
    return Duration.ofNanos(now - absence.from()).compareTo(settings.gatewayOfflineAfter()) >= 0;
  }

  private boolean wasHeard(GatewayStatus gateway) {
    return gateway.since() != null
        || gateway.lastHeardAt() != null
        || heardEarlier.computeIfAbsent(gateway.gateway(), this::isInTheRecords);
  }

  private boolean isInTheRecords(GatewayId gateway) {
    return applied.of(gateway).stream().anyMatch(lane -> lane.sequence() > 0);
  }

  private void tell(GatewayStatus gateway) {
    if (!wasHeard(gateway)) {
      return;
    }
    transaction.executeWithoutResult(
        _ ->
            events.publishEvent(
                new GatewayAway(
                    gateway.gateway(),
                    settings.gatewayOfflineAfter(),
                    gateway.lastHeardAt(),
                    clock.instant())));
    told.add(gateway.gateway());
  }

  private static void fails(GatewayId gateway, Throwable defect) {
    log.atError()
        .addKeyValue("gateway", gateway)
        .setCause(defect)
        .log("It could not be told how a gateway is; trying again");
  }
}
