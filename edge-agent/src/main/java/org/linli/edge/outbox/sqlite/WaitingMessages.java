package org.linli.edge.outbox.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.Interpreted;

/**
 * Messages that wait for the writer thread, in order, limited in events and in bytes. At the limit,
 * a message of a source that has less than others replaces the newest message of the source that
 * has most. So a source that floods is refused, and not the others. For one thread at a time.
 */
final class WaitingMessages {

  private final int maxEvents;
  private final long maxBytes;

  private final Map<String, Source> sources = new HashMap<>();
  private int events;
  private long bytes;

  /** A linked list, so that any message can be removed at the same cost. */
  private @Nullable Waiting oldest;

  private @Nullable Waiting newest;

  /** A source of messages: those that wait, and their share of the room. */
  private static final class Source {
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(2);
    private long share;

    long share() {
      return share;
    }
  }

  private static final class Waiting {
    private final Interpreted message;
    private final Source source;
    private @Nullable Waiting before;
    private @Nullable Waiting after;

    private Waiting(Interpreted message, Source source) {
      this.message = message;
      this.source = source;
    }
  }

  WaitingMessages(OutboxSettings settings) {
    maxEvents = settings.waitingEvents();
    maxBytes = settings.waitingBytes().toBytes();
  }

  boolean isEmpty() {
    return oldest == null;
  }

  /**
   * Adds a message. One that is larger than the room is accepted when it is alone.
   *
   * @return the rejected messages, newest first: none, others for this one, or this one
   */
  List<Interpreted> enter(Interpreted message) {
    if (fits(message)) {
      add(message);
      return List.of();
    }
    List<Interpreted> turnedAway = new ArrayList<>();
    while (!fits(message)) {
      Optional<Source> most = whoHasTooMuch(message);
      if (most.isEmpty()) {
        turnedAway.addFirst(message);
        return turnedAway;
      }
      turnedAway.add(removed(most.get().waiting.removeLast()));
    }
    add(message);
    return turnedAway;
  }

  private boolean fits(Interpreted message) {
    return oldest == null
        || events + events(message) <= maxEvents && bytes + bytes(message) <= maxBytes;
  }

  /** Empty if this message's source would have more than its share of the room. */
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

  private void add(Interpreted message) {
    Source source = sources.computeIfAbsent(source(message), name -> new Source());
    Waiting last = new Waiting(message, source);
    last.before = newest;
    if (newest == null) {
      oldest = last;
    } else {
      newest.after = last;
    }
    newest = last;
    source.waiting.add(last);
    source.share += share(message);
    events += events(message);
    bytes += bytes(message);
  }

  /** Removes a message from the list that its source's queue no longer holds. */
  private Interpreted removed(Waiting one) {
    if (one.before == null) {
      oldest = one.after;
    } else {
      one.before.after = one.after;
    }
    if (one.after == null) {
      newest = one.before;
    } else {
      one.after.before = one.before;
    }
    Source source = one.source;
    source.share -= share(one.message);
    if (source.waiting.isEmpty()) {
      sources.remove(source(one.message));
    }
    events -= events(one.message);
    bytes -= bytes(one.message);
    return one.message;
  }

  /**
   * Takes the oldest messages, in order: as many as have no more events than that together, and at
   * least one if any waits.
   */
  List<Interpreted> take(int mostEvents) {
    List<Interpreted> taken = new ArrayList<>(Math.min(events, mostEvents));
    if (events <= mostEvents) {
      for (Waiting next = oldest; next != null; next = next.after) {
        taken.add(next.message);
      }
      oldest = null;
      newest = null;
      sources.clear();
      events = 0;
      bytes = 0;
      return taken;
    }
    int left = mostEvents;
    for (Waiting first = oldest;
        first != null && (taken.isEmpty() || events(first.message) <= left);
        first = oldest) {
      left -= events(first.message);
      taken.add(removed(first.source.waiting.removeFirst()));
    }
    return taken;
  }

  /** A message's share of the room; bytes and events count alike. */
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
