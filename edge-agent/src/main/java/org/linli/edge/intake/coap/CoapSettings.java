package org.linli.edge.intake.coap;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * CoAP door for devices.
 *
 * @param address address it listens on
 * @param port port it listens on; 0 takes a free one
 * @param maxMessageSize largest message that is read, block by block; every unfinished one holds
 *     this much memory
 * @param unfinishedMessages most messages that may be on their way in blocks at a time; past it a
 *     device is told to begin again (4.08)
 * @param maxPeers most devices that are known at a time
 * @param rememberedRequests most requests that are remembered with their answers for 247 s, to tell
 *     a repeated one from a new one
 * @param rememberedPerPeer most of them from one address and port
 * @param blockTimeout how long an unfinished message is kept
 * @param retryAfter when a device that cannot be served now is asked to come again
 */
@ConfigurationProperties("linli.coap")
public record CoapSettings(
    @DefaultValue("127.0.0.1") String address,
    @DefaultValue("5683") int port,
    @DefaultValue("64KB") DataSize maxMessageSize,
    @DefaultValue("64") int unfinishedMessages,
    @DefaultValue("10000") int maxPeers,
    @DefaultValue("10000") int rememberedRequests,
    @DefaultValue("64") int rememberedPerPeer,
    @DefaultValue("30s") Duration blockTimeout,
    @DefaultValue("5s") Duration retryAfter) {

  public CoapSettings {
    require(port >= 0 && port <= 65_535, "port must lie between 0 and 65535");
    require(
        maxMessageSize.toBytes() >= 1_024 && maxMessageSize.toMegabytes() < 64,
        "max-message-size must lie between 1KB and 64MB");
    require(
        unfinishedMessages >= 10 && unfinishedMessages <= 10_000,
        "unfinished-messages must lie between 10 and 10000");
    require(rememberedPerPeer >= 1, "remembered-per-peer must be at least 1");
    require(
        rememberedRequests >= rememberedPerPeer,
        "remembered-requests must be at least remembered-per-peer");
    require(maxPeers >= 16, "max-peers must be at least 16");
    require(blockTimeout.toSeconds() >= 1, "block-timeout must be at least 1s");
    require(retryAfter.toSeconds() >= 1, "retry-after must be at least 1s");
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("linli.coap." + rule);
    }
  }
}
