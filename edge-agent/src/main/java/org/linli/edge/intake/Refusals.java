package org.linli.edge.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Counts everything that the doors refuse, since the program started: by door, and by the reason of
 * the dead letter or by what kept it from becoming one. Both are closed lists, so the counts are
 * bounded. Thread-safe.
 */
@Component
public final class Refusals {

  /** The door of a refused message or request. */
  public enum Door {
    /** MQTT, of devices and of a broker. */
    MQTT,
    /** CoAP, of devices that send and of devices that are asked. */
    COAP,
    /** HTTP, including the gateway's own page and API. */
    HTTP,
    /** The gateway's own statements. */
    OTHER;

    private static final Map<String, Door> BY_SCHEME =
        Map.of("mqtt", MQTT, "mqtts", MQTT, "coap", COAP, "coaps", COAP, "http", HTTP);

    /**
     * @param source of a message, such as {@code coap://192.0.2.7:40121}
     */
    static Door of(String source) {
      int end = source.indexOf(':');
      return end < 0 ? OTHER : BY_SCHEME.getOrDefault(source.substring(0, end), OTHER);
    }

    private String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is refused without a message that could become a dead letter. */
  public enum Unkept {
    /** Bytes that the protocol does not allow. */
    MALFORMED,
    /** A message, or a block of one, of which the rest is not here or does not come. */
    INCOMPLETE,
    /** A connection that was refused or closed by the gateway. */
    TURNED_AWAY;

    private String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private record Key(Door door, String kind) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int byDoor = door.compareTo(other.door);
      return byDoor != 0 ? byDoor : kind.compareTo(other.kind);
    }
  }

  private final MeterRegistry meters;
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
  private final RefusedSenders senders = new RefusedSenders();

  public Refusals(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A request that is refused and has no data that could be lost, such as GET of no path. */
  public void count(Door door, RefusalReason reason) {
    count(door, reason.wireName());
  }

  /**
   * As above, of a client that said who it is.
   *
   * @param client its name at the door
   */
  public void count(Door door, RefusalReason reason, String client) {
    count(door, reason.wireName());
    senders.count(client, reason.wireName());
  }

  /** As above, for what is no message. */
  public void count(Door door, Unkept what) {
    count(door, what.wireName());
  }

  /**
   * As above, of a client that said who it is.
   *
   * @param client its name at the door
   */
  public void count(Door door, Unkept what, String client) {
    count(door, what.wireName());
    senders.count(client, what.wireName());
  }

  private void count(Door door, String kind) {
    counters
        .computeIfAbsent(
            new Key(door, kind),
            key ->
                Counter.builder("linli.refusals")
                    .tag("door", door.wireName())
                    .tag("kind", kind)
                    .description("What the doors refused, since the start")
                    .register(meters))
        .increment();
  }

  /** The message, which is counted if it is refused, once its dead letter is on disk. */
  public Message watched(Message message) {
    return message.with(new CountedReply(message.reply(), this, message));
  }

  /** A message that was refused. */
  void count(Message message, RefusalReason reason) {
    count(Door.of(message.source()), reason);
    senders.count(message, reason);
  }

  /**
   * The counts of messages by what their addresses name and by reason, those first of which most
   * was refused.
   *
   * @param limit how many at most
   */
  public Map<String, Map<String, Long>> bySender(int limit) {
    return senders.most(limit);
  }

  /** The counts by door and kind, in the order of their names. */
  public Map<String, Map<String, Long>> byDoor() {
    Map<String, Map<String, Long>> byDoor = new TreeMap<>();
    counters.forEach(
        (key, counter) ->
            byDoor
                .computeIfAbsent(key.door().wireName(), door -> new TreeMap<>())
                .put(key.kind(), Math.round(counter.count())));
    return byDoor;
  }
}
