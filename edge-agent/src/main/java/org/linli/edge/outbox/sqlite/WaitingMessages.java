package org.linli.edge.outbox.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.Interpreted;

/**
 * Messages that wait for the writer thread, in their order, bounded in events and in bytes. Where
 * there is no more room, a message of who has less than the others of it takes the place of the
 * newest of who has most: one that floods is refused, and not those beside it. For one thread at a
 * time.
 */
final class WaitingMessages {

  private final int maxEvents;
  private final long maxBytes;

  /** By their number, the oldest first. */
  private final LinkedHashMap<Long, Interpreted> messages = new LinkedHashMap<>();

  private final Map<String, Source> sources = new HashMap<>();
  private long numbers;
  private int events;
  private long bytes;

  /** Where messages come from; those that wait, and what they take of the room. */
  private static final class Source {
    private final ArrayDeque<Long> numbers = new ArrayDeque<>(2);
    private long share;

    long share() {
      return share;
    }
  }

  WaitingMessages(OutboxSettings settings) {
    maxEvents = settings.waitingEvents();
    maxBytes = settings.waitingBytes().toBytes();
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /**
   * Lets a message in; one that is larger than the room is let in when it is alone.
   *
   * @return those that are turned away, the newest first: none, others for this one, or this one
   */
  List<Interpreted> enter(Interpreted message) {
    List<Interpreted> turnedAway = new ArrayList<>();
    while (!fits(message)) {
      Optional<Source> most = whoHasTooMuch(message);
      if (most.isEmpty()) {
        turnedAway.addFirst(message);
        return turnedAway;
      }
      turnedAway.add(removed(most.get().numbers.getLast()));
    }
    long number = numbers++;
    messages.put(number, message);
    count(message, number);
    return turnedAway;
  }

  private boolean fits(Interpreted message) {
    return messages.isEmpty()
        || events + events(message) <= maxEvents && bytes + bytes(message) <= maxBytes;
  }

  /** Nobody where this one's source would have more than its share of the room. */
  private Optional<Source> whoHasTooMuch(Interpreted message) {
    Source own = sources.get(source(message));
    long would = (own == null ? 0 : own.share) + share(message);
    int all = sources.size() + (own == null ? 1 : 0);
    if (would > share(events, bytes) / all) {
      return Optional.empty();
    }
    return sources.values().stream()
        .max(Comparator.comparingLong(Source::share))
        .filter(most -> most.share > would);
  }

  private void count(Interpreted message, long number) {
    Source source = sources.computeIfAbsent(source(message), name -> new Source());
    source.numbers.add(number);
    source.share += share(message);
    events += events(message);
    bytes += bytes(message);
  }

  private Interpreted removed(long number) {
    Interpreted message = Objects.requireNonNull(messages.remove(number));
    discount(message, number);
    return message;
  }

  /** It is the source's oldest, or its newest. */
  private void discount(Interpreted message, long number) {
    Source source = sources.get(source(message));
    if (source != null) {
      source.share -= share(message);
      if (source.numbers.getFirst() == number) {
        source.numbers.removeFirst();
      } else {
        source.numbers.removeLast();
      }
      if (source.numbers.isEmpty()) {
        sources.remove(source(message));
      }
    }
    events -= events(message);
    bytes -= bytes(message);
  }

  /** The oldest, or nothing where it has more events than that. */
  @Nullable Interpreted next(int mostEvents) {
    Map.Entry<Long, Interpreted> oldest = messages.firstEntry();
    return oldest == null || events(oldest.getValue()) > mostEvents
        ? null
        : removed(oldest.getKey());
  }

  /** What it takes of the room, whose bytes and events count alike. */
  private long share(Interpreted message) {
    return share(events(message), bytes(message));
  }

  private long share(long someEvents, long someBytes) {
    return someEvents * maxBytes + someBytes * maxEvents;
  }

  private static String source(Interpreted message) {
    return message.message().source();
  }

  private static int bytes(Interpreted message) {
    return message.message().payload().length;
  }

  static int events(Interpreted message) {
    return switch (message) {
      case Interpreted.Understood understood -> understood.events().size();
      case Interpreted.Refused _, Interpreted.PassedOver _ -> 1;
    };
  }
}
