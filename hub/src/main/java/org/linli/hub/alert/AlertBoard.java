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
import org.linli.event.DeviceId;
import org.linli.hub.alert.watch.Slot;
import org.linli.hub.alert.watch.UnregisteredSlots;
import org.linli.hub.alert.watch.WatchRecords;
import org.linli.hub.alert.watch.Watched;
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
  private final UnregisteredSlots unregistered;
  private final ResolvedAlerts resolved;
  private final Map<Slot, Watched> watched = new LinkedHashMap<>();
  private final Map<Slot, Alert> open = new HashMap<>();
  private final Map<String, Alert> changed = new LinkedHashMap<>();
  private final Map<String, Integer> savedEntries = new HashMap<>();
  private final Set<Slot> moved = new LinkedHashSet<>();
  private boolean stale = true;
  private volatile Instant nextDue = Instant.MIN;

  AlertBoard(
      AlertRecords alerts,
      WatchRecords watches,
      AlertIds ids,
      UnregisteredSlots unregistered,
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
    alerts.unresolved().forEach(alert -> open.put(alert.slot(), alert));
    ids.continueAfter(alerts.greatestId());
    stale = false;
    unregistered.read(watched).forEach(this::forget);
    lookAhead();
  }

  private void forget(Slot slot) {
    watched.remove(slot);
    moved.add(slot);
  }

  /** Returns whether this event id already opened an alert of a gateway, resolved or not. */
  boolean isKnown(String event) {
    return alerts.isKnown(event);
  }

  @Nullable Watched watched(Slot slot) {
    return watched.get(slot);
  }

  /** Returns the slots whose alert may be due by now. */
  List<Slot> due(Instant now) {
    List<Slot> due = new ArrayList<>();
    watched.forEach(
        (slot, at) -> {
          if (at.watch() instanceof RuleState.Waiting waiting && !now.isBefore(waiting.due())) {
            due.add(slot);
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
  boolean hasRoom(Slot slot, Watched next) {
    return unregistered.hasRoom(slot, next);
  }

  void watch(Slot slot, Watched next) {
    Watched before = watched.put(slot, next);
    unregistered.put(slot, next).forEach(this::forget);
    boolean wasQuiet = before == null || before.watch() instanceof RuleState.Quiet;
    if (!wasQuiet || !(next.watch() instanceof RuleState.Quiet)) {
      moved.add(slot);
    }
    if (next.watch() instanceof RuleState.Waiting waiting && waiting.due().isBefore(nextDue)) {
      nextDue = waiting.due();
    }
  }

  /** Returns the unresolved alert of the slot; null if there is none. */
  @Nullable Alert unresolved(Slot slot) {
    return open.get(slot);
  }

  /** Returns how many unresolved alerts of a source have a key with this prefix. */
  long countUnresolved(String source, String keys) {
    return open.keySet().stream()
        .filter(slot -> slot.source().equals(source) && slot.key().startsWith(keys))
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
      open.put(alert.slot(), alert);
    } else {
      open.computeIfPresent(
          alert.slot(), (_, there) -> there.id().equals(alert.id()) ? null : there);
    }
  }

  private boolean isOfUnregistered(Alert alert) {
    return alert.cause().source() instanceof AlertSource.OfDevice(DeviceId device, _)
        && unregistered.isUnregistered(device);
  }

  /** Writes the changes and returns the alerts among them. */
  List<Alert> save() {
    List<Alert> saved = List.copyOf(changed.values());
    saved.forEach(
        alert ->
            alerts.save(alert, savedEntries.getOrDefault(alert.id(), 0), isOfUnregistered(alert)));
    for (Slot slot : moved) {
      Watched next = watched.get(slot);
      if (next != null) {
        watches.save(slot, next);
      } else {
        watches.delete(slot);
      }
    }
    resolved.keepWithin(saved.stream().filter(Alert::isResolved).toList());
    changed.clear();
    savedEntries.clear();
    moved.clear();
    return saved;
  }
}
