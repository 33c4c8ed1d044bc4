package org.linli.hub.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.alert.watch.UnregisteredKeys;
import org.linli.hub.alert.watch.WatchRecords;
import org.linli.hub.alert.watch.Watched;
import org.linli.hub.registry.DeviceKey;
import org.linli.rules.RuleState;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds the unresolved alerts and the memory of the rules, so that an event which changes nothing
 * costs no query. {@link #save} writes changes to the records. The board reads them again after a
 * transaction that did not commit, or that was partly undone.
 *
 * <p>Used within a writing transaction only. There is one at a time, so nothing here is locked.
 * Only {@link #nextDue} may be called from anywhere.
 */
@Component
class AlertBoard {

  private final AlertRecords alerts;
  private final WatchRecords watches;
  private final AlertIds ids;
  private final UnregisteredKeys unregistered;
  private final ResolvedAlerts resolved;
  private final Map<AlertKey, Watched> watched = new LinkedHashMap<>();
  private final Map<AlertKey, Alert> open = new HashMap<>();
  private final Map<String, Alert> changed = new LinkedHashMap<>();
  private final Map<String, Integer> savedEntries = new HashMap<>();
  private final Set<AlertKey> moved = new LinkedHashSet<>();
  private boolean stale = true;
  private volatile Instant nextDue = Instant.MIN;

  AlertBoard(
      AlertRecords alerts,
      WatchRecords watches,
      AlertIds ids,
      UnregisteredKeys unregistered,
      ResolvedAlerts resolved) {
    this.alerts = alerts;
    this.watches = watches;
    this.ids = ids;
    this.unregistered = unregistered;
    this.resolved = resolved;
  }

  /** Must be called first in each transaction. */
  void begin() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void savepointRollback(Object savepoint) {
            forget();
          }

          @Override
          public void afterCompletion(int status) {
            if (status != STATUS_COMMITTED) {
              forget();
            }
          }
        });
    if (stale) {
      read();
    } else if (!unregistered.isCurrent()) {
      unregistered.read(watched).forEach(this::forget);
    }
  }

  private void forget() {
    stale = true;
    resolved.forget();
    nextDue = Instant.MIN;
  }

  private void read() {
    watched.clear();
    open.clear();
    changed.clear();
    savedEntries.clear();
    moved.clear();
    watched.putAll(watches.all());
    alerts.unresolved().forEach(alert -> open.put(alert.alertKey(), alert));
    ids.continueAfter(alerts.greatestId());
    stale = false;
    unregistered.read(watched).forEach(this::forget);
    lookAhead();
  }

  private void forget(AlertKey alertKey) {
    watched.remove(alertKey);
    moved.add(alertKey);
  }

  /** Returns whether this event id already opened an alert of a gateway, resolved or not. */
  boolean isKnown(String event) {
    return alerts.isKnown(event);
  }

  @Nullable Watched watched(AlertKey alertKey) {
    return watched.get(alertKey);
  }

  /** Returns the keys whose alert may be due by now. */
  List<AlertKey> due(Instant now) {
    List<AlertKey> due = new ArrayList<>();
    watched.forEach(
        (alertKey, at) -> {
          if (at.watch() instanceof RuleState.Waiting waiting && !now.isBefore(waiting.due())) {
            due.add(alertKey);
          }
        });
    return due;
  }

  /** Computes again when the next alert becomes due. */
  void lookAhead() {
    Instant next = Instant.MAX;
    for (Watched at : watched.values()) {
      if (at.watch() instanceof RuleState.Waiting waiting && waiting.due().isBefore(next)) {
        next = waiting.due();
      }
    }
    nextDue = next;
  }

  /** Returns a time before which no alert becomes due. */
  Instant nextDue() {
    return nextDue;
  }

  /**
   * Returns whether a rule may remember this: always for a registered device, and within limits for
   * others.
   */
  boolean hasRoom(AlertKey alertKey, Watched next) {
    return unregistered.hasRoom(alertKey, next);
  }

  void watch(AlertKey alertKey, Watched next) {
    Watched before = watched.put(alertKey, next);
    unregistered.put(alertKey, next).forEach(this::forget);
    boolean wasQuiet = before == null || before.watch() instanceof RuleState.Quiet;
    if (!wasQuiet || !(next.watch() instanceof RuleState.Quiet)) {
      moved.add(alertKey);
    }
    if (next.watch() instanceof RuleState.Waiting waiting && waiting.due().isBefore(nextDue)) {
      nextDue = waiting.due();
    }
  }

  /** Returns the unresolved alert of the key; null if there is none. */
  @Nullable Alert unresolved(AlertKey alertKey) {
    return open.get(alertKey);
  }

  /** Returns how many unresolved alerts of a source have a key with this prefix. */
  long countUnresolved(AlertSource source, String keys) {
    return open.keySet().stream()
        .filter(alertKey -> alertKey.key().startsWith(keys))
        .filter(alertKey -> alertKey.equals(source.alertKey(alertKey.key())))
        .count();
  }

  void add(Alert alert) {
    note(alert, 0);
    resolved.added();
  }

  void change(Alert before, Alert after) {
    note(after, before.timeline().size());
  }

  private void note(Alert alert, int saved) {
    savedEntries.putIfAbsent(alert.id(), saved);
    changed.put(alert.id(), alert);
    if (!alert.isResolved()) {
      open.put(alert.alertKey(), alert);
    } else {
      open.computeIfPresent(
          alert.alertKey(), (_, there) -> there.id().equals(alert.id()) ? null : there);
    }
  }

  private boolean isOfUnregistered(Alert alert) {
    return alert.cause().source() instanceof AlertSource.OfDevice(var community, var device, _)
        && unregistered.isUnregistered(new DeviceKey(community, device));
  }

  /** Writes the changes and returns the alerts among them. */
  List<Alert> save() {
    List<Alert> saved = List.copyOf(changed.values());
    alerts.save(
        saved.stream()
            .map(
                alert ->
                    new AlertRecords.Unsaved(
                        alert, savedEntries.getOrDefault(alert.id(), 0), isOfUnregistered(alert)))
            .toList());
    Map<AlertKey, Watched> remembered = new LinkedHashMap<>();
    List<AlertKey> forgotten = new ArrayList<>();
    for (AlertKey alertKey : moved) {
      Watched next = watched.get(alertKey);
      if (next != null) {
        remembered.put(alertKey, next);
      } else {
        forgotten.add(alertKey);
      }
    }
    watches.save(remembered);
    watches.delete(forgotten);
    resolved.keepWithin(saved.stream().filter(Alert::isResolved).toList());
    changed.clear();
    savedEntries.clear();
    moved.clear();
    return saved;
  }
}
