package org.linli.hub.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.TooManyNames;
import org.linli.hub.registry.DeviceKey;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.memory.RecentMap;
import org.slf4j.LoggerFactory;

/**
 * Limits the names of devices, types and values that a store keeps by name. A store never forgets a
 * name, and some of them are on its heap. The first names stay. Unregistered devices may use half
 * of the room, and one device may be the first to name only a limited number of values. An event
 * with a further name is kept all the same.
 *
 * <p>Safe for several threads.
 */
public final class BoundedNames {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(BoundedNames.class));

  /** A generous estimate for one name, including the store's own maps. */
  private static final int BYTES_OF_NAME = 1024;

  private static final int SHARE_OF_HEAP = 32;
  private static final Duration TELL_EVERY = Duration.ofHours(1);

  private final int most;
  private final int mostOfDevice;
  private final StoredDevices devices;
  private final Predicate<DeviceKey> registered;
  private final IntSupplier registeredDevices;
  private final InstantSource clock;
  private final Consumer<TooManyNames> tell;
  private final Counter refused;
  private final Map<Sort, Set<String>> names = new EnumMap<>(Sort.class);

  /** For each device, how many values it was the first to name. */
  private final RecentMap<DeviceKey, Integer> named =
      new RecentMap<>(
          RecentMap.shareOfHeap(256), (device, _) -> RecentMap.bytes(device.device().value()));

  private final Map<GatewayId, Long> toldAt = new HashMap<>();
  private final Map<GatewayId, DeviceId> untold = new LinkedHashMap<>();

  /** The sorts of names. */
  public enum Sort {
    DEVICE,
    TYPE,
    METRIC
  }

  /**
   * @param mostOfDevice how many values one device may be the first to name
   * @param devices how the store names devices
   * @param tell called by {@link #tell} only
   */
  public BoundedNames(
      int mostOfDevice,
      StoredDevices devices,
      Predicate<DeviceKey> registered,
      IntSupplier registeredDevices,
      InstantSource clock,
      MeterRegistry meters,
      Consumer<TooManyNames> tell) {
    this(mostByHeap(), mostOfDevice, devices, registered, registeredDevices, clock, meters, tell);
  }

  BoundedNames(
      int most,
      int mostOfDevice,
      StoredDevices devices,
      Predicate<DeviceKey> registered,
      IntSupplier registeredDevices,
      InstantSource clock,
      MeterRegistry meters,
      Consumer<TooManyNames> tell) {
    this.most = most;
    this.mostOfDevice = mostOfDevice;
    this.devices = devices;
    this.registered = registered;
    this.registeredDevices = registeredDevices;
    this.clock = clock;
    this.tell = tell;
    this.refused =
        Counter.builder("linli.history.values.without.series")
            .description("Values that are kept with their event only, as there are too many names")
            .register(meters);
    for (Sort sort : Sort.values()) {
      names.put(sort, new HashSet<>());
    }
  }

  /** Returns the names of a store of its own, for which no device is registered. */
  public static BoundedNames ofNobody(InstantSource clock, MeterRegistry meters) {
    return new BoundedNames(
        1_000, new StoredDevices(null), _ -> false, () -> 0, clock, meters, _ -> {});
  }

  private static int mostByHeap() {
    return Math.toIntExact(
        Math.min(RecentMap.shareOfHeap(SHARE_OF_HEAP) / BYTES_OF_NAME, 1_000_000));
  }

  /** Returns how the store names devices. */
  public StoredDevices devices() {
    return devices;
  }

  /** Notes a name that the store already has. */
  public synchronized void has(Sort sort, String name) {
    of(sort).add(name);
  }

  /** Returns whether a store has so many more names than it should that it is better rebuilt. */
  public boolean areTooMany(Sort sort, int inStore) {
    return inStore > 2L * most + (sort == Sort.DEVICE ? registeredDevices.getAsInt() : 0);
  }

  /** Returns how many names there are. */
  public synchronized int count(Sort sort) {
    return of(sort).size();
  }

  /** Returns whether the store keeps the event by the names of its device and its type. */
  public synchronized boolean takesEvent(HubEvent event) {
    if (of(Sort.DEVICE).contains(devices.name(event))
        && of(Sort.TYPE).contains(event.taken().event().type().value())) {
      return true;
    }
    boolean known = isRegistered(event);
    boolean takes =
        takesDevice(event, known)
            && takes(Sort.TYPE, event.taken().event().type().value(), known ? most : most / 2);
    if (!takes) {
      refuse(event);
    }
    return takes;
  }

  /** Returns whether the store makes a series of a value with this name. */
  public synchronized boolean takesReading(HubEvent event, String metric) {
    if (of(Sort.METRIC).contains(metric) && of(Sort.DEVICE).contains(devices.name(event))) {
      return true;
    }
    boolean known = isRegistered(event);
    boolean takes = takesDevice(event, known) && takesMetric(event, metric, known);
    if (!takes) {
      refused.increment();
      refuse(event);
    }
    return takes;
  }

  /**
   * Like {@link #takesReading}, for an event that {@link #takesEvent} accepted: its device is not
   * looked up again.
   */
  public synchronized boolean takesReadingOfNamed(HubEvent event, String metric) {
    return of(Sort.METRIC).contains(metric) || takesReading(event, metric);
  }

  private boolean takesMetric(HubEvent event, String metric, boolean known) {
    if (of(Sort.METRIC).contains(metric)) {
      return true;
    }
    @Nullable Integer before = named.get(event.device());
    int first = before == null ? 0 : before;
    if (first >= mostOfDevice || !takes(Sort.METRIC, metric, known ? most : most / 2)) {
      return false;
    }
    named.put(event.device(), first + 1);
    return true;
  }

  private boolean takesDevice(HubEvent event, boolean known) {
    return takes(Sort.DEVICE, devices.name(event), known ? Integer.MAX_VALUE : most / 2);
  }

  private boolean takes(Sort sort, String name, int room) {
    Set<String> all = of(sort);
    return all.contains(name) || (all.size() < room && all.add(name));
  }

  private boolean isRegistered(HubEvent event) {
    return registered.test(event.device());
  }

  private Set<String> of(Sort sort) {
    return Objects.requireNonNull(names.get(sort));
  }

  private void refuse(HubEvent event) {
    untold.putIfAbsent(event.gateway(), event.device().device());
  }

  /** Reports refused names, at most once an hour per gateway. */
  public void tell() {
    for (TooManyNames news : news()) {
      limited
          .atWarn("too-many-names")
          .addKeyValue("gateway", news.gateway())
          .addKeyValue("device", news.device())
          .log(
              "A gateway sends more names than the history keeps; events are kept whole, but values"
                  + " with further names make no series");
      tell.accept(news);
    }
  }

  private synchronized Iterable<TooManyNames> news() {
    long now = System.nanoTime();
    Set<TooManyNames> news = new HashSet<>();
    untold.forEach(
        (gateway, device) -> {
          Long told = toldAt.get(gateway);
          if (told == null || now - told >= TELL_EVERY.toNanos()) {
            toldAt.put(gateway, now);
            news.add(new TooManyNames(gateway, device, clock.instant()));
          }
        });
    untold.clear();
    return news;
  }
}
