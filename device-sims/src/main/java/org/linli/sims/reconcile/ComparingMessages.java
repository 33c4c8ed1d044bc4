package org.linli.sims.reconcile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.sims.equipment.Expectation;
import org.linli.sims.equipment.Expectation.Beside;
import org.linli.sims.journal.Outcome;
import org.linli.sims.journal.RecordedEvent;
import tools.jackson.databind.JsonNode;

/**
 * Compares the messages that one device sent in its vendor's format with what the hub has. A
 * message is identified by its mark, in an id or in a value. Events without a mark, such as a
 * change of state that a gateway derives from two messages, are counted by type: at least as many
 * as are certain, at most as many as there were messages that can lead to one.
 */
final class ComparingMessages {

  private final Recorded.OfDevice recorded;
  private final Discrepancies discrepancies = new Discrepancies();

  /** Messages by their mark: a vendor may report one thing in several messages. */
  private final Map<String, List<RecordedEvent>> marked = new LinkedHashMap<>();

  private final Set<String> markNames = new LinkedHashSet<>();
  private final Map<String, Long> mostBeside = new HashMap<>();
  private final Map<String, Long> leastBeside = new HashMap<>();
  private final Map<String, List<Stored>> found = new HashMap<>();
  private final Map<String, Long> foundBeside = new HashMap<>();

  private ComparingMessages(Recorded.OfDevice recorded) {
    this.recorded = recorded;
    boolean certain = true;
    boolean first = true;
    for (RecordedEvent message : recorded.sent()) {
      Expectation expectation = message.expectation().orElseThrow();
      // A change depends on earlier messages, so all of them must have been acknowledged.
      certain = certain && message.outcome() == Outcome.ACKNOWLEDGED;
      boolean counts = expect(message, expectation) && certain && !first;
      first = false;
      for (Beside beside : expectation.beside()) {
        mostBeside.merge(beside.type(), times(message), Long::sum);
        leastBeside.merge(beside.type(), counts && beside.certain() ? 1L : 0L, Long::sum);
      }
    }
  }

  static Discrepancies of(Recorded.OfDevice recorded, List<Stored> stored) {
    ComparingMessages comparing = new ComparingMessages(recorded);
    stored.forEach(comparing::look);
    comparing.marked.forEach(comparing::judge);
    comparing.judgeBeside();
    comparing.lookAtOrder();
    return comparing.discrepancies;
  }

  /** Whether it is the first with its mark, or has none. */
  private boolean expect(RecordedEvent message, Expectation expectation) {
    if (!expectation.isMarked()) {
      return true;
    }
    markNames.add(expectation.values().keySet().iterator().next());
    List<RecordedEvent> same =
        marked.computeIfAbsent(expectation.mark(), unused -> new ArrayList<>());
    same.add(message);
    return same.size() == 1;
  }

  private static long times(RecordedEvent message) {
    return 1L + message.repeats();
  }

  private void look(Stored stored) {
    String mark = mark(stored);
    if (mark != null) {
      discrepancies.stored(1);
      found.computeIfAbsent(mark, unused -> new ArrayList<>()).add(stored);
    } else if (stored.isByGateway()) {
      discrepancies.add(Discrepancy.BY_GATEWAY, named(stored));
    } else if (mostBeside.containsKey(stored.type())) {
      discrepancies.add(Discrepancy.BESIDE, named(stored));
      foundBeside.merge(stored.type(), 1L, Long::sum);
    } else {
      discrepancies.stored(1);
      discrepancies.add(Discrepancy.UNEXPECTED, named(stored) + " was never sent");
    }
  }

  private @Nullable String mark(Stored stored) {
    for (String name : markNames) {
      String text =
          name.equals(Expectation.ID) ? stored.id() : stored.values().path(name).asString("");
      String mark = name + "=" + text;
      if (marked.containsKey(mark)) {
        return mark;
      }
    }
    return null;
  }

  private void judge(String mark, List<RecordedEvent> messages) {
    RecordedEvent message = messages.getFirst();
    Expectation expectation = message.expectation().orElseThrow();
    List<Stored> copies = found.getOrDefault(mark, List.of());
    Outcome outcome =
        messages.stream().map(RecordedEvent::outcome).max(Outcome::compareTo).orElseThrow();
    if (copies.isEmpty()) {
      if (outcome == Outcome.ACKNOWLEDGED) {
        discrepancies.add(
            Discrepancy.LOST,
            "%s %s, number %d, sent at %s"
                .formatted(recorded.device(), mark, message.number(), message.time()));
      }
      return;
    }
    long most =
        expectation.hasId() ? 1 : messages.stream().mapToLong(ComparingMessages::times).sum();
    for (int copy = 1; copy < copies.size(); copy++) {
      discrepancies.add(
          copy < most ? Discrepancy.SAID_AGAIN : Discrepancy.DOUBLED,
          named(copies.get(copy)) + " is " + mark + " again");
    }
    Stored first = firstMeant(expectation, copies);
    String difference = difference(expectation, first);
    if (difference != null) {
      discrepancies.add(Discrepancy.UNEXPECTED, named(first) + ": " + difference);
    }
    switch (outcome) {
      case ACKNOWLEDGED -> {}
      case UNKNOWN -> discrepancies.add(Discrepancy.RECOVERED, named(first));
      case REFUSED -> discrepancies.add(Discrepancy.UNEXPECTED, named(first) + " was refused");
    }
  }

  private void judgeBeside() {
    mostBeside.forEach(
        (type, most) -> {
          long least = leastBeside.getOrDefault(type, 0L);
          long count = foundBeside.getOrDefault(type, 0L);
          String figures =
              "%s: %d of %s, from %d to %d were to come"
                  .formatted(recorded.device(), count, type, least, most);
          for (long missing = count; missing < least; missing++) {
            discrepancies.add(Discrepancy.LOST, figures);
          }
          for (long more = most; more < count; more++) {
            discrepancies.add(Discrepancy.DOUBLED, figures);
          }
        });
  }

  private void lookAtOrder() {
    Map<Integer, Stored> lastOfConnection = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (RecordedEvent message : recorded.sent()) {
      List<Stored> copies = found.getOrDefault(message.id(), List.of());
      if (message.outcome() == Outcome.ACKNOWLEDGED
          && !copies.isEmpty()
          && seen.add(message.id())) {
        Stored stored = first(copies);
        Stored before = lastOfConnection.put(message.connection(), stored);
        if (before != null && !stored.isAfter(before)) {
          discrepancies.add(
              Discrepancy.OUT_OF_ORDER,
              "%s has order %d, and %s before it has %d"
                  .formatted(named(stored), stored.order(), before.id(), before.order()));
        }
      }
    }
  }

  /**
   * The first that is what was to come; the first of all if none is. A gateway that was killed
   * before it answered knows the state of the message that it kept: the same message again is no
   * change, but a measurement, which may be ordered before the alarm of another lane.
   */
  private static Stored firstMeant(Expectation expectation, List<Stored> copies) {
    List<Stored> meant =
        copies.stream().filter(copy -> difference(expectation, copy) == null).toList();
    return first(meant.isEmpty() ? copies : meant);
  }

  private static Stored first(List<Stored> copies) {
    return copies.stream().reduce((one, other) -> one.isAfter(other) ? other : one).orElseThrow();
  }

  private static @Nullable String difference(Expectation expectation, Stored stored) {
    if (!expectation.type().equals(stored.type())) {
      return "type is %s, %s was to come".formatted(stored.type(), expectation.type());
    }
    if (!expectation.kind().wireName().equals(stored.kind())) {
      return "kind is %s, %s was to come".formatted(stored.kind(), expectation.kind());
    }
    for (Map.Entry<String, String> value : expectation.values().entrySet()) {
      if (!value.getKey().equals(Expectation.ID)
          && !isSame(stored.values().path(value.getKey()), value.getValue())) {
        return "%s is %s, %s was to come"
            .formatted(value.getKey(), stored.values().path(value.getKey()), value.getValue());
      }
    }
    return null;
  }

  /** Compares regardless of how a number is written. */
  private static boolean isSame(JsonNode value, String text) {
    try {
      return value.isNumber()
          ? value.decimalValue().compareTo(new BigDecimal(text)) == 0
          : value.asString("").equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private String named(Stored stored) {
    return recorded.device() + " " + stored.type() + " " + stored.id();
  }
}
