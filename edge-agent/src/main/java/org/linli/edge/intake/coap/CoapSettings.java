package org.linli.edge.intake.coap;

import java.time.Duration;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.DoorMemory;
import org.linli.program.settings.Least;
import org.linli.program.settings.SettingFormat;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the CoAP door for devices.
 *
 * @param address address it listens on
 * @param port port it listens on; 0 takes a free one
 * @param maxMessageSize largest message that is read, block by block
 * @param unfinishedMessages most unfinished blockwise messages at a time, if the heap has room for
 *     as many; beyond it a stalled one is discarded, and its device told to begin again (4.08)
 * @param rememberedRequests most requests that are remembered with their answers for 247 s, to
 *     recognise repeated ones. 0 for as many as the heap has room for, {@value #MOST_REMEMBERED} at
 *     most
 * @param rememberedPerPeer most of them from one address and port
 * @param blockTimeout how long an unfinished message is kept
 * @param retryAfter after what time a device that cannot be served now is asked to try again
 */
@ConfigurationProperties("linli.coap")
public record CoapSettings(
    @DefaultValue("127.0.0.1") String address,
    @DefaultValue("5683") int port,
    @Least("1KB") @DefaultValue("64KB") DataSize maxMessageSize,
    @DefaultValue("1000") int unfinishedMessages,
    @DefaultValue("0") int rememberedRequests,
    @DefaultValue("64") int rememberedPerPeer,
    @DefaultValue("30s") Duration blockTimeout,
    @DefaultValue("5s") Duration retryAfter) {

  private static final int MOST_REMEMBERED = 10_000;

  public CoapSettings {
    require(port >= 0 && port <= 65_535, "port", port, "must lie between 0 and 65535");
    require(
        maxMessageSize.toBytes() >= 1_024 && maxMessageSize.toMegabytes() < 64,
        "max-message-size",
        maxMessageSize,
        "must lie between 1KB and 64MB");
    require(
        unfinishedMessages >= 10 && unfinishedMessages <= 10_000,
        "unfinished-messages",
        unfinishedMessages,
        "must lie between 10 and 10000");
    require(rememberedPerPeer >= 1, "remembered-per-peer", rememberedPerPeer, "must be at least 1");
    require(
        rememberedRequests == 0 || rememberedRequests >= rememberedPerPeer,
        "remembered-requests",
        rememberedRequests,
        "must be at least remembered-per-peer");
    require(blockTimeout.toSeconds() >= 1, "block-timeout", blockTimeout, "must be at least 1s");
    require(retryAfter.toSeconds() >= 1, "retry-after", retryAfter, "must be at least 1s");
  }

  /**
   * Most requests that are remembered.
   *
   * @throws CannotListenException if the heap has no room for the configured number
   */
  int rememberedRequests(DoorMemory memory) {
    memory.require("linli.coap.remembered-requests", rememberedRequests, memory.coapRequests());
    return rememberedRequests == 0
        ? Math.min(MOST_REMEMBERED, memory.coapRequests())
        : rememberedRequests;
  }

  private static void require(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          "linli.coap.%s is %s, and %s".formatted(key, SettingFormat.of(value), rule));
    }
  }
}
