package org.linli.hub.liveness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.linli.event.CommunityId;
import org.linli.event.DeviceEvent;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.UnreadableAlarm;
import org.linli.hub.change.ChangeRecorder;
import org.linli.hub.intake.BatchParticipant;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.liveness.SeenRecords.Row;
import org.linli.hub.records.OneByOne;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.RegistryChanged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The status of devices and gateways. A device is online from its first event on. It is offline
 * when it has missed too many expected reports in a row ({@code linli.liveness.missed}), or when
 * its gateway reports {@code device.offline} ({@link PresenceRule}). Late events do not count
 * (delivery contract, point 3).
 *
 * <p>Queries are safe for any thread and read only memory. Presence is at most one tick old.
 */
@Component
public class Liveness implements BatchParticipant {

  private static final Logger log = LoggerFactory.getLogger(Liveness.class);

  private static final EventType GONE = new EventType("device.offline");

  private final Registry registry;
  private final GatewayConnections connections;
  private final DeviceClocks clocks;
  private final SeenRecords records;
  private final LivenessSettings settings;
  private final TransactionTemplate transaction;
  private final ChangeRecorder changes;
  private final Clock clock;
  private final PresenceRule rule;
  private final Map<DeviceKey, Sighting> seen = new ConcurrentHashMap<>();
  private final Map<DeviceKey, LastReported> told = new ConcurrentHashMap<>();
  private final Map<DeviceKey, Sighting> written = new HashMap<>();
  private final UnassignedDevices unassigned;

  /** Devices whose status was published and that are to be forgotten in the records too. */
  private final Set<DeviceKey> gone = ConcurrentHashMap.newKeySet();

  /** Devices to be published again, whatever their presence, because their registration changed. */
  private final Set<DeviceKey> renamed = ConcurrentHashMap.newKeySet();

  private final OneByOne<DeviceKey> forgetting;
  private final OneByOne<DeviceKey> judging;
  private final OneByOne<DeviceKey> telling;
  private final GatewayTelling gateways;
  private Instant writtenAt;

  Liveness(
      Registry registry,
      GatewayConnections connections,
      DeviceClocks clocks,
      SeenRecords records,
      LivenessSettings settings,
      TransactionTemplate transaction,
      ChangeRecorder changes,
      ApplicationEventPublisher events,
      Clock clock) {
    this.registry = registry;
    this.connections = connections;
    this.clocks = clocks;
    this.records = records;
    this.settings = settings;
    this.transaction = transaction;
    this.changes = changes;
    this.clock = clock;
    this.writtenAt = clock.instant();
    this.rule = new PresenceRule(registry, settings.missed(), writtenAt);
    this.forgetting = new OneByOne<>(clock, Liveness::fails);
    this.judging = new OneByOne<>(clock, Liveness::fails);
    this.telling = new OneByOne<>(clock, Liveness::fails);
    this.gateways =
        new GatewayTelling(
            registry,
            connections,
            transaction,
            changes,
            events,
            new OneByOne<>(clock, Liveness::fails));
    this.unassigned = new UnassignedDevices(registry, settings.unassignedLimit());
    records.all().values().stream()
        .filter(row -> registry.find(row.device().community()).isPresent())
        .forEach(this::remember);
    lookAtAll();
  }

  private void remember(Row row) {
    seen.put(row.device(), row.sighting());
    written.put(row.device(), row.sighting());
    told.put(row.device(), row.told());
    connections.heard(row.sighting().gateway(), row.sighting().lastSeenAt());
  }

  @Override
  public String name() {
    return "device-status";
  }

  /** Only notes in memory what was heard: it was heard whatever becomes of the transaction. */
  @Override
  public void apply(List<HubEvent> batch) {
    for (HubEvent event : batch) {
      // A message that its gateway could not read says nothing about the device's state.
      if (!event.late() && !UnreadableAlarm.is(event.taken().event())) {
        hear(event.device(), event.taken().event(), event.gateway(), event.receivedAt());
      }
    }
    if (!batch.isEmpty()) {
      connections.heard(batch.getLast().gateway(), batch.getLast().receivedAt());
    }
  }

  private void hear(DeviceKey device, DeviceEvent event, GatewayId gateway, Instant at) {
    Sighting before = seen.get(device);
    boolean gone = event.type().equals(GONE);
    Instant lastSeenAt = gone && before != null ? before.lastSeenAt() : at;
    Sighting now = new Sighting(event.kind(), gateway, lastSeenAt, gone);
    clocks.heard(device, event);
    // A batch names the same devices repeatedly.
    if (gone || !now.equals(before)) {
      seen.put(device, now);
      DeviceKey longestSilent = unassigned.heard(device);
      if (longestSilent != null) {
        hasGone(longestSilent);
      }
    }
  }

  /** Forgets devices if more unassigned ones are remembered than may be. */
  private void lookAtAll() {
    unassigned
        .read(
            seen.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().lastSeenAt()))
                .map(Map.Entry::getKey)
                .toList())
        .forEach(this::hasGone);
  }

  private void hasGone(DeviceKey device) {
    seen.remove(device);
    clocks.forget(device);
    if (told.containsKey(device)) {
      gone.add(device);
    }
  }

  /** Publishes changed devices again, and forgets names that are no longer in use. */
  @EventListener
  synchronized void changed(RegistryChanged change) {
    renamed.addAll(change.devices());
    if (!change.gone().isEmpty()) {
      change.gone().forEach(this::forget);
      gone.addAll(change.gone());
      try {
        forgetGone();
      } catch (DataAccessException | TransactionException e) {
        log.atWarn()
            .addKeyValue("reason", e.getMessage())
            .log("Names that are none any more cannot be forgotten now; trying again");
      }
    }
  }

  private void forget(DeviceKey device) {
    seen.remove(device);
    told.remove(device);
    written.remove(device);
    clocks.forget(device);
    judging.forget(device);
    telling.forget(device);
  }

  /** Returns every registered device, and the unassigned ones that were heard. */
  public List<DeviceStatus> devices() {
    return Stream.concat(
            registry.communities().stream()
                .flatMap(
                    community ->
                        community.devices().stream().map(device -> status(community.id(), device))),
            told.keySet().stream()
                .filter(device -> registry.findDevice(device).isEmpty())
                .sorted()
                .flatMap(device -> device(device).stream()))
        .toList();
  }

  /**
   * Returns the status of a device; empty for a device that is not registered and was never heard.
   */
  public Optional<DeviceStatus> device(DeviceKey id) {
    Sighting sighting = seen.get(id);
    LastReported lastTold = told.get(id);
    return sighting == null || lastTold == null
        ? registry.findDevice(id).map(device -> neverHeard(id.community(), device))
        : Optional.of(status(id, sighting, lastTold));
  }

  private DeviceStatus status(CommunityId community, Device device) {
    return device(new DeviceKey(community, device.id()))
        .orElseGet(() -> neverHeard(community, device));
  }

  private static DeviceStatus neverHeard(CommunityId community, Device device) {
    return new DeviceStatus(
        community,
        device.id(),
        device.kind(),
        device.gateway(),
        false,
        DevicePresence.UNKNOWN,
        null,
        null,
        null);
  }

  private DeviceStatus status(DeviceKey id, Sighting sighting, LastReported lastTold) {
    return new DeviceStatus(
        id.community(),
        id.device(),
        sighting.kind(),
        sighting.gateway(),
        registry.findDevice(id).isEmpty(),
        lastTold.presence(),
        sighting.lastSeenAt(),
        lastTold.since(),
        clocks.ahead(id));
  }

  /** Returns every gateway of the community file. */
  public List<GatewayStatus> gateways() {
    return connections.all();
  }

  /** Returns the status of a gateway; empty for a gateway that is in no community file. */
  public Optional<GatewayStatus> gateway(GatewayId id) {
    return registry.findGateway(id).map(gateway -> connections.status(gateway.id()));
  }

  /**
   * Publishes changes and writes what is due, all devices in one transaction. A device or gateway
   * that fails does not hold up others, and is retried.
   */
  synchronized void tick() {
    Instant now = clock.instant();
    settle(now, Duration.between(writtenAt, now).compareTo(settings.writeEvery()) >= 0);
  }

  /** As {@link #tick}, and writes everything. Called when the hub stops. */
  synchronized void writeAll() {
    settle(clock.instant(), true);
  }

  /**
   * Deletes devices in the records; a device that was heard again meanwhile is written anew
   * afterwards.
   */
  private void forgetGone() {
    if (!unassigned.isCurrent()) {
      lookAtAll();
    }
    forgetting.together(List.copyOf(gone), this::forgetGone);
  }

  private void forgetGone(List<DeviceKey> devices) {
    transaction.executeWithoutResult(_ -> records.delete(devices));
    for (DeviceKey device : devices) {
      gone.remove(device);
      told.remove(device);
      written.remove(device);
      renamed.remove(device);
      judging.forget(device);
      telling.forget(device);
    }
  }

  private void settle(Instant now, boolean all) {
    OneByOne.steps(this::forgetGone, () -> settleDevices(now, all), gateways::tell);
    if (all) {
      writtenAt = now;
    }
  }

  private void settleDevices(Instant now, boolean all) {
    Map<DeviceKey, Row> rows = new LinkedHashMap<>();
    Set<DeviceKey> changed = new HashSet<>();
    judging.each(
        seen.keySet(),
        device -> {
          Sighting sighting = seen.get(device);
          if (sighting != null) {
            judge(device, sighting, now, all, rows, changed);
          }
        });
    telling.together(
        rows.keySet(), devices -> tell(devices.stream().map(rows::get).toList(), changed));
  }

  private void judge(
      DeviceKey device,
      Sighting sighting,
      Instant now,
      boolean all,
      Map<DeviceKey, Row> rows,
      Set<DeviceKey> changed) {
    LastReported before = told.get(device);
    LastReported judged = rule.judge(device, sighting, before, now);
    Row row = new Row(device, sighting, judged);
    if (before == null || before.presence() != judged.presence() || renamed.contains(device)) {
      changed.add(device);
      rows.put(device, row);
    } else if (all && !sighting.equals(written.get(device))) {
      rows.put(device, row);
    }
  }

  private void tell(List<Row> rows, Set<DeviceKey> changed) {
    transaction.executeWithoutResult(
        _ -> {
          records.save(rows);
          for (Row row : rows) {
            if (changed.contains(row.device())) {
              changes.record(
                  DeviceStatus.CHANGES, row.device().community(), row.device().device().value());
            }
          }
          afterCommit(() -> rows.forEach(row -> settled(row, changed)));
        });
  }

  /** Runs the work after the commit, so that readers of the change find it in memory by then. */
  private static void afterCommit(Runnable work) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            work.run();
          }
        });
  }

  private static void fails(Object of, Throwable defect) {
    log.atError()
        .addKeyValue("of", of)
        .setCause(defect)
        .log("A status could not be recorded; trying again");
  }

  private void settled(Row row, Set<DeviceKey> changed) {
    if (changed.contains(row.device())) {
      renamed.remove(row.device());
    }
    written.put(row.device(), row.sighting());
    told.put(row.device(), row.told());
    if (!seen.containsKey(row.device())) {
      gone.add(row.device());
    }
  }
}
