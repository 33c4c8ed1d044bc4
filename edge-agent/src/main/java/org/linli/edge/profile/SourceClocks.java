package org.linli.edge.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.linli.event.DeviceId;

/**
 * How much the clocks of coordinators are behind the gateway's. What a coordinator has cached
 * repeats an old time, or comes at any time. Where one device's own time advances as the gateway's
 * clock does, its messages are live, however old they say to be; and so is what else comes through
 * that coordinator with the same lag (decision 0057). Thread-safe.
 *
 * <p>Each profile has one such clock, because one coordinator is behind it. Where devices date
 * their states themselves, each has its own (decision 0063).
 */
final class SourceClocks {

  /** A clock that is less behind needs no help. */
  static final Duration NOTICED = Duration.ofSeconds(10);

  /** Messages that come together, as from a queue, show no clock's pace. */
  static final Duration APART = Duration.ofSeconds(5);

  /** What transport and whole seconds may differ. */
  private static final Duration JITTER = Duration.ofSeconds(2);

  /** A cheap clock gains or loses no more than this part. */
  private static final int DRIFT = 10_000;

  private static final int MOST_DEVICES = 1_000;

  /** Of coordinators and devices; the one that was found out longest ago comes first. */
  private final LinkedHashMap<Sender, Duration> behind = new LinkedHashMap<>();

  /** Only of devices that seem to be behind; the one silent longest comes first. */
  private final LinkedHashMap<Sender, Heard> last = new LinkedHashMap<>();

  /**
   * Whose clock it is.
   *
   * @param device empty for the coordinator
   */
  private record Sender(String profile, String device) implements Comparable<Sender> {

    /** Keeps the hash table fast even if names were chosen to have the same hash. */
    @Override
    public int compareTo(Sender other) {
      int byDevice = device.compareTo(other.device);
      return byDevice != 0 ? byDevice : profile.compareTo(other.profile);
    }
  }

  private record Heard(Instant claimed, Instant receivedAt) {}

  /**
   * A time by the gateway's clock.
   *
   * @param stated the same by the coordinator's or the device's
   */
  synchronized Instant byGateway(MessageReading reading, DeviceId device, StateTime stated) {
    Instant claimed = Objects.requireNonNull(stated.at());
    Sender sender = new Sender(reading.profile(), device.value());
    Sender clock =
        stated.clock() == StateTime.Clock.DEVICE ? sender : new Sender(reading.profile(), "");
    Duration lag = Duration.between(claimed, reading.receivedAt());
    Duration known = behind.get(clock);
    if (!reading.wasRetained()) {
      if (lag.compareTo(NOTICED) < 0) {
        // It is live, so what comes beside it with an older time was kept.
        last.remove(sender);
      }
      if (known != null && lag.compareTo(known.minus(NOTICED)) < 0) {
        // It would come from the future, so the clock was set right.
        learn(clock, lag);
      } else if (lag.compareTo(NOTICED) >= 0 && isLive(sender, claimed, reading)) {
        if (known == null || lag.compareTo(known.plus(NOTICED)) > 0) {
          learn(clock, lag);
        }
      }
    }
    return claimed.plus(behind.getOrDefault(clock, Duration.ZERO));
  }

  private void learn(Sender clock, Duration lag) {
    behind.remove(clock);
    if (lag.compareTo(NOTICED) >= 0) {
      behind.putLast(clock, lag);
      if (behind.size() > MOST_DEVICES) {
        behind.pollFirstEntry();
      }
    }
  }

  private boolean isLive(Sender sender, Instant claimed, MessageReading reading) {
    Instant now = reading.receivedAt();
    Heard before = last.get(sender);
    Duration passed = before == null ? Duration.ZERO : Duration.between(before.receivedAt(), now);
    if (before != null && !passed.isNegative() && passed.compareTo(APART) < 0) {
      return false;
    }
    last.putLast(sender, new Heard(claimed, now));
    if (last.size() > MOST_DEVICES) {
      last.pollFirstEntry();
    }
    if (before == null || passed.isNegative()) {
      return false;
    }
    Duration advanced = Duration.between(before.claimed(), claimed);
    return advanced.minus(passed).abs().compareTo(JITTER.plus(passed.dividedBy(DRIFT))) <= 0;
  }
}
