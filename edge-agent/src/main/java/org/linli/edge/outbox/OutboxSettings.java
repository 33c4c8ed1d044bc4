package org.linli.edge.outbox;

import java.time.Duration;
import org.linli.edge.memory.HeapShare;
import org.linli.program.settings.SettingFormat;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the outbox.
 *
 * @param waitingEvents most events that may wait in memory for their commit; beyond it devices have
 *     to try again
 * @param waitingBytes most bytes of messages that may wait in memory for their commit; 0 for their
 *     share of the heap, 8 MB at most
 * @param rememberedIds how many of each device's newest ids are kept to recognise repetitions
 * @param rememberedFor how long an id is kept, while the agent runs
 * @param deadLetters how many dead letters are kept, the newest, as far as the quota has room;
 *     1,000,000 at most
 * @param quota most bytes of {@code outbox.db} and its write-ahead log together; beyond it events
 *     are given up, measurements first; at least {@value #BATCHES_IN_QUOTA} times {@code
 *     waitingBytes} and 384 KB, and what {@link QuotaParts#least} says; 1 TB at most
 * @param maxAge longest time that an event waits for the hub while the agent runs; after it the
 *     event is given up
 * @param reserve bytes kept aside on the disk, so that there is room to give up events when it is
 *     full
 */
@ConfigurationProperties("linli.outbox")
public record OutboxSettings(
    @DefaultValue("10000") int waitingEvents,
    @DefaultValue("0B") DataSize waitingBytes,
    @DefaultValue("256") int rememberedIds,
    @DefaultValue("24h") Duration rememberedFor,
    @DefaultValue("1000") int deadLetters,
    @DefaultValue("1GB") DataSize quota,
    @DefaultValue("30d") Duration maxAge,
    @DefaultValue("8MB") DataSize reserve) {

  /** The default values. */
  public static final OutboxSettings DEFAULTS =
      new OutboxSettings(
          10_000,
          DataSize.ofMegabytes(8),
          256,
          Duration.ofHours(24),
          1_000,
          DataSize.ofGigabytes(1),
          Duration.ofDays(30),
          DataSize.ofMegabytes(8));

  private static final int BATCHES_IN_QUOTA = 4;
  private static final int MOST_DEAD_LETTERS = 1_000_000;
  private static final long MOST_QUOTA = 1L << 40;
  private static final long MOST_WAITING_BYTES = 8L << 20;

  /**
   * With a smaller quota the outbox would give up everything that it takes, however little waits in
   * memory.
   */
  private static final long LEAST_QUOTA_BYTES = 384 * 1024;

  public OutboxSettings {
    require(waitingEvents >= 1, "waiting-events", waitingEvents, "1 or more, such as 10000");
    if (waitingBytes.toBytes() == 0) {
      waitingBytes = DataSize.ofBytes(Math.min(MOST_WAITING_BYTES, HeapShare.WAITING.bytes()));
    }
    require(
        waitingBytes.toBytes() >= 1,
        "waiting-bytes",
        waitingBytes,
        "more than 0, such as 8MB, or leave it out");
    require(rememberedIds >= 1, "remembered-ids", rememberedIds, "1 or more, such as 256");
    require(
        rememberedFor.toSeconds() >= 1, "remembered-for", rememberedFor, "1s or more, such as 24h");
    require(
        deadLetters >= 1 && deadLetters <= MOST_DEAD_LETTERS,
        "dead-letters",
        deadLetters,
        "1 to %d".formatted(MOST_DEAD_LETTERS));
    require(reserve.toBytes() >= 1, "reserve", reserve, "more than 0, such as 8MB");
    require(
        maxAge.toSeconds() >= 1,
        "max-age",
        maxAge,
        "1s or more, as events need time to reach the hub, such as 30d");
    require(
        quota.toBytes() <= MOST_QUOTA,
        "quota",
        quota,
        "%s or less, and no more than its disk has room for"
            .formatted(SettingFormat.bytes(MOST_QUOTA)));
    if (quota.toBytes() / BATCHES_IN_QUOTA < waitingBytes.toBytes()) {
      throw new IllegalArgumentException(
          "linli.outbox.quota is %s, too little for a batch of what waits for the disk: give at least %s (%d times linli.outbox.waiting-bytes, which is %s), or make that smaller"
              .formatted(
                  SettingFormat.of(quota),
                  SettingFormat.atLeast(leastQuota(waitingBytes.toBytes(), rememberedIds)),
                  BATCHES_IN_QUOTA,
                  SettingFormat.of(waitingBytes)));
    }
    long least = leastQuota(waitingBytes.toBytes(), rememberedIds);
    if (quota.toBytes() < least) {
      throw new IllegalArgumentException(
          "linli.outbox.quota is %s, too little for an empty outbox, a few devices with their remembered ids (linli.outbox.remembered-ids, %d) and what waits for the disk (linli.outbox.waiting-bytes, %s): give at least %s"
              .formatted(
                  SettingFormat.of(quota),
                  rememberedIds,
                  SettingFormat.of(waitingBytes),
                  SettingFormat.atLeast(least)));
    }
  }

  private static long leastQuota(long waitingBytes, int rememberedIds) {
    return Math.max(
        Math.max(LEAST_QUOTA_BYTES, BATCHES_IN_QUOTA * waitingBytes),
        QuotaParts.least(waitingBytes, rememberedIds));
  }

  private QuotaParts parts() {
    return QuotaParts.of(quota.toBytes(), waitingBytes.toBytes());
  }

  /** The write-ahead log's part of the quota, in bytes. */
  public long logBytes() {
    return parts().log();
  }

  /** The part of the quota for MQTT sessions, in bytes. */
  public long sessionBytes() {
    return parts().sessions();
  }

  /** How many unregistered devices are remembered. */
  public int rememberedUnregistered() {
    return parts().unregistered(rememberedIds);
  }

  /** How many more unregistered devices are remembered if an event of the new one is urgent. */
  public int rememberedUrgentUnregistered() {
    return parts().urgentUnregistered(rememberedIds);
  }

  /** How many devices may be remembered in total before there is no room for unregistered ones. */
  public long rememberedDevices() {
    return parts().devices(rememberedIds);
  }

  /** Number of events after which their devices are saved. */
  public int loggedEvents() {
    return parts().loggedEvents();
  }

  /**
   * How many dead letters are kept: the configured number, or as many as the quota has room for.
   */
  public int keptDeadLetters() {
    return Math.min(deadLetters, parts().letters());
  }

  /** How many known states of devices the quota has room for. */
  public int states() {
    return parts().knownStates();
  }

  private static void require(boolean holds, String key, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "linli.outbox.%s is %s: give %s".formatted(key, SettingFormat.of(value), range));
    }
  }
}
