package org.linli.edge.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the outbox takes at once and how long it remembers.
 *
 * @param waitingEvents most events that may wait in memory for their commit; past it devices are
 *     told to come again
 * @param waitingBytes most bytes of messages that may wait in memory for their commit
 * @param rememberedIds how many of each device's newest ids are known again when they come twice
 * @param rememberedFor how long an id is known again
 * @param deadLetters how many dead letters are kept, the newest
 */
@ConfigurationProperties("linli.outbox")
public record OutboxSettings(
    @DefaultValue("10000") int waitingEvents,
    @DefaultValue("8MB") DataSize waitingBytes,
    @DefaultValue("256") int rememberedIds,
    @DefaultValue("24h") Duration rememberedFor,
    @DefaultValue("1000") int deadLetters) {

  /** What holds where nothing is set. */
  public static final OutboxSettings DEFAULTS =
      new OutboxSettings(10_000, DataSize.ofMegabytes(8), 256, Duration.ofHours(24), 1_000);

  public OutboxSettings {
    requirePositive("waiting-events", waitingEvents);
    requirePositive("waiting-bytes", waitingBytes.toBytes());
    requirePositive("remembered-ids", rememberedIds);
    requirePositive("remembered-for", rememberedFor.toSeconds());
    requirePositive("dead-letters", deadLetters);
  }

  private static void requirePositive(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("linli.outbox." + key + " must be more than nothing");
    }
  }
}
