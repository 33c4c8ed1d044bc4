package org.linli.edge.uplink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.program.settings.Least;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the connection to the hub.
 *
 * @param inFlight most batches of a lane that are in transit at once
 * @param batchEvents most events in a batch with more than one outbox row
 * @param linger longest wait for a bulk batch to fill; urgent batches never wait
 * @param firstPause before the first attempt to reach a hub that went away; doubled for every
 *     unsuccessful attempt, each ±50 % between first and longest pause
 * @param longestPause longest pause
 * @param refusedPause between attempts while the hub refuses this gateway, ±25 %
 * @param takenOverPause before the next attempt after another agent took over, ±25 %
 * @param receiptWait how long a receipt may take before its batch is sent again; doubled each time
 *     up to 32-fold
 * @param rejectedPause before a batch that the hub rejected is tried again; doubled each time up to
 *     16-fold
 * @param keepAlive silence after which the connection is probed (MQTT 5 Keep Alive); it is closed
 *     after two to three times that. At most 30 s
 * @param mostPerSecond average limit of bulk in bytes a second, for a link that is paid for by the
 *     byte; null for no limit
 * @param user user name, if the broker needs one
 * @param password password, if the broker needs one
 */
@ConfigurationProperties("linli.uplink")
record UplinkSettings(
    @DefaultValue("4") int inFlight,
    @DefaultValue("500") int batchEvents,
    @DefaultValue("200ms") Duration linger,
    @DefaultValue("250ms") Duration firstPause,
    @DefaultValue("30s") Duration longestPause,
    @DefaultValue("60s") Duration refusedPause,
    @DefaultValue("10s") Duration takenOverPause,
    @DefaultValue("20s") Duration receiptWait,
    @DefaultValue("60s") Duration rejectedPause,
    @DefaultValue("4s") Duration keepAlive,
    @Least("1KB") @Nullable DataSize mostPerSecond,
    @Nullable String user,
    @Nullable String password) {

  private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(30);
  private static final long LOWEST_CAP = 1_024;

  UplinkSettings {
    if (inFlight < 1 || inFlight > 8) {
      throw new IllegalArgumentException(
          "linli.uplink.in-flight is " + inFlight + "; choose 1 to 8.");
    }
    if (batchEvents < 1 || batchEvents > 5_000) {
      throw new IllegalArgumentException(
          "linli.uplink.batch-events is " + batchEvents + "; choose 1 to 5000.");
    }
    requirePositive("first-pause", firstPause);
    requirePositive("longest-pause", longestPause);
    requirePositive("refused-pause", refusedPause);
    requirePositive("taken-over-pause", takenOverPause);
    requirePositive("receipt-wait", receiptWait);
    requirePositive("rejected-pause", rejectedPause);
    if (linger.isNegative()) {
      throw new IllegalArgumentException(
          "linli.uplink.linger is " + linger + "; choose 0 or more, such as 200ms.");
    }
    if (keepAlive.compareTo(LONGEST_KEEP_ALIVE) > 0 || keepAlive.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "linli.uplink.keep-alive is " + keepAlive + "; choose 1s to 30s.");
    }
    if (mostPerSecond != null && mostPerSecond.toBytes() < LOWEST_CAP) {
      throw new IllegalArgumentException(
          "linli.uplink.most-per-second is %s; choose 1KB or more, or leave it out for no limit."
              .formatted(mostPerSecond));
    }
  }

  private static void requirePositive(String name, Duration pause) {
    if (!pause.isPositive()) {
      throw new IllegalArgumentException(
          "linli.uplink.%s is %s; choose more than 0, such as 10s.".formatted(name, pause));
    }
  }
}
