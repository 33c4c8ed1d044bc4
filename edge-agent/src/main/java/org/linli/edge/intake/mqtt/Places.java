package org.linli.edge.intake.mqtt;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * So many clients can be in at a time. Where all places are taken, a newcomer gets the place of who
 * has published nothing for the longest, of the address that has most: so a crowd that says nothing
 * keeps out no device. All devices may come from one address, such as a bridge, so an address can
 * have all places while nobody else wants one. Nobody goes whose message is on its way. A client
 * that only reads comes again by itself. Safe for any thread.
 */
final class Places {

  private static final Logger log = LoggerFactory.getLogger(Places.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** How many may be about to go, beyond those that are in. */
  private static final int LEAVING = 64;

  private final int most;
  private final LongSupplier nanoTime;
  private final AtomicLong putOut = new AtomicLong();
  private volatile long lastPutOutAt;

  Places(int most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  int most() {
    return most;
  }

  /** How many were put out for others. */
  long putOut() {
    return putOut.get();
  }

  /** Nanoseconds since somebody was last put out; the largest number where nobody was. */
  long nanosSinceLast() {
    return putOut.get() == 0 ? Long.MAX_VALUE : nanoTime.getAsLong() - lastPutOutAt;
  }

  /**
   * Whether there is a place, or who holds one has to go for the newcomer.
   *
   * @param taken every place that is taken
   */
  synchronized boolean makeRoom(Collection<Place> taken, Place newcomer) {
    if (taken.size() < most) {
      return true;
    }
    int stay = 0;
    Map<String, Integer> byNetwork = new HashMap<>();
    for (Place place : taken) {
      if (!place.isLeaving()) {
        stay++;
        byNetwork.merge(place.network(), 1, Integer::sum);
      }
    }
    if (stay < most) {
      return taken.size() < most + LEAVING;
    }
    String crowded = newcomer.network();
    for (Map.Entry<String, Integer> each : byNetwork.entrySet()) {
      if (each.getValue() > byNetwork.getOrDefault(crowded, 0)) {
        crowded = each.getKey();
      }
    }
    Place first = firstToGo(taken, crowded);
    if (first == null || taken.size() >= most + LEAVING) {
      limited
          .atWarn("refused")
          .addKeyValue("address", newcomer.network())
          .addKeyValue("places", most)
          .log("An MQTT client is refused: all places are taken and nobody can go");
      return false;
    }
    lastPutOutAt = nanoTime.getAsLong();
    putOut.incrementAndGet();
    limited
        .atWarn("put-out " + crowded)
        .addKeyValue("address", crowded)
        .addKeyValue("of-this-address", byNetwork.get(crowded))
        .addKeyValue("places", most)
        .log("All places of MQTT devices are taken: who published nothing for longest is put out");
    first.putOut();
    return true;
  }

  private static @Nullable Place firstToGo(Collection<Place> taken, String network) {
    Place first = null;
    for (Place place : taken) {
      if (place.mayGo()
          && place.network().equals(network)
          && (first == null || place.goesBefore(first))) {
        first = place;
      }
    }
    return first;
  }
}
