package org.linli.edge.outbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.edge.memory.HeapShare;
import org.linli.edge.profile.Repeat;
import org.linli.edge.profile.RepeatReason;
import org.linli.event.DeviceId;

/**
 * Counts what devices said again since the start of the gateway, by device and reason. At its limit
 * the device that has repeated nothing for the longest loses its line; the sums keep what it
 * repeated. Thread-safe.
 */
public final class Repeats {

  private static final int MOST_DEVICES = 1_000;

  /** A line with a long name. */
  private static final int LINE_BYTES = 600;

  private final int most;
  private final Map<RepeatReason, Long> sums = new EnumMap<>(RepeatReason.class);

  /** Who repeated something most recently comes last. */
  private final LinkedHashMap<DeviceId, Map<RepeatReason, Long>> lines = new LinkedHashMap<>();

  public Repeats() {
    this((int) Math.min(MOST_DEVICES, HeapShare.REPEATS.bytes() / 4 * 3 / LINE_BYTES));
  }

  Repeats(int most) {
    this.most = most;
  }

  /**
   * What a device said again.
   *
   * @param counts how often, for each reason that occurred
   */
  public record OfDevice(DeviceId device, Map<RepeatReason, Long> counts) {

    /** How often for any reason. */
    public long sum() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Counts what was said again in one group of messages. */
  public synchronized void add(List<Repeat> more) {
    for (Repeat repeat : more) {
      sums.merge(repeat.reason(), 1L, Long::sum);
      Map<RepeatReason, Long> known = lines.get(repeat.device());
      Map<RepeatReason, Long> line = known == null ? new EnumMap<>(RepeatReason.class) : known;
      line.merge(repeat.reason(), 1L, Long::sum);
      lines.putLast(repeat.device(), line);
      if (lines.size() > most) {
        lines.pollFirstEntry();
      }
    }
  }

  /** The sums of all devices, for each reason that occurred. */
  public synchronized Map<RepeatReason, Long> byReason() {
    return sums.isEmpty() ? Map.of() : new EnumMap<>(sums);
  }

  /**
   * The devices that repeated most, in descending order.
   *
   * @param limit how many at most
   */
  public synchronized List<OfDevice> byDevice(int limit) {
    List<OfDevice> all = new ArrayList<>(lines.size());
    lines.forEach((device, counts) -> all.add(new OfDevice(device, new EnumMap<>(counts))));
    all.sort(Comparator.comparingLong(OfDevice::sum).reversed());
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }
}
