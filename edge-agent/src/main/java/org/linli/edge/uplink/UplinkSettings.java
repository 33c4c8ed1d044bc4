package org.linli.edge.uplink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How batches travel to the hub.
 *
 * @param inFlight most batches of a lane that are under way at once
 * @param batchEvents most events in a batch, where more than one outbox row fits
 * @param linger longest wait for a bulk batch to fill; urgent batches never wait
 * @param firstPause before the first attempt to reach a hub that went away; doubled for every
 *     unsuccessful attempt, each ±25 %
 * @param longestPause the most that the pause grows to
 * @param refusedPause between attempts while the hub refuses this gateway, ±25 %
 * @param takenOverPause before another attempt after another agent took this one's place, ±25 %
 * @param receiptWait how long a receipt may take before its batch is sent again; doubled each time
 *     up to 32-fold
 * @param rejectedPause before a batch that the hub rejected is tried again; doubled each time up to
 *     16-fold
 * @param keepAlive longest silence on the connection before it is probed (MQTT 5 Keep Alive)
 * @param user name at a broker that asks for one
 * @param password at a broker that asks for one
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
    @DefaultValue("15s") Duration keepAlive,
    @Nullable String user,
    @Nullable String password) {

  UplinkSettings {
    if (inFlight < 1 || inFlight > 8) {
      throw new IllegalArgumentException(
          "linli.uplink.in-flight is " + inFlight + "; choose 1 to 8.");
    }
    if (batchEvents < 1 || batchEvents > 5_000) {
      throw new IllegalArgumentException(
          "linli.uplink.batch-events is " + batchEvents + "; choose 1 to 5000.");
    }
  }
}
