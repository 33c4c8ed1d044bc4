package org.linli.edge.intake.mqtt;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Crowding;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of connected clients. If all places are in use, a new client takes the place of
 * the one that has published nothing for the longest, among those of the address that has most. So
 * a crowd of idle clients keeps out no device. All devices may come from one address, such as a
 * bridge, so an address can have all places while nobody else needs one. A client whose message is
 * being processed is not evicted. A client that only reads connects again by itself.
 *
 * <p>The cost of a new client does not grow with the number of clients, because the event loop that
 * accepts it serves all of them. Thread-safe.
 */
final class Places {

  private static final Logger log = LoggerFactory.getLogger(Places.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** Limit of evicted clients that have not left yet, beyond those that stay. */
  private static final int LEAVING = 64;

  /**
   * Limit of examined clients with a message in process: if this many wait, the disk is stalled.
   */
  private static final int MOST_LOOKED_AT = 64;

  private static final long LATELY_NANOS = TimeUnit.MINUTES.toNanos(Crowding.LATELY_MINUTES);

  private final int most;
  private final LongSupplier nanoTime;
  private final AtomicLong putOut = new AtomicLong();
  private final InstantSource clock;
  private volatile @Nullable Crowded lastCrowd;
  private final Map<Place, Holder> holders = new HashMap<>();
  private final Map<String, Network> networks = new HashMap<>();
  private final TreeMap<Integer, Set<Network>> networksBySize = new TreeMap<>();
  private int staying;
  private long numbers;

  Places(int most, LongSupplier nanoTime, InstantSource clock) {
    this.most = most;
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  /**
   * All places were in use when a client came.
   *
   * @param since when that began
   * @param lastAt when it last happened, by {@code nanoTime}
   */
  private record Crowded(Instant since, long lastAt) {}

  /** The clients of one address. */
  private static final class Network {

    private final String name;

    /** Number of places, including those of clients that leave. */
    private int holding;

    private int staying;

    /** Accepted clients that stay, in the order of eviction, as far as they were examined. */
    private final TreeSet<Turn> turns =
        new TreeSet<>(
            Comparator.comparing(Turn::hasPublished)
                // Nanosecond counts may be negative and overflow, so compare differences.
                .thenComparing(Turn::since, (one, other) -> Long.signum(one - other))
                .thenComparingLong(Turn::number));

    private Network(String name) {
      this.name = name;
    }
  }

  /** A client's rank for eviction, as of when it was last examined. */
  private record Turn(Place place, boolean hasPublished, long since, long number) {

    private static Turn of(Place place, long number) {
      return new Turn(place, place.hasPublished(), place.since(), number);
    }

    private boolean isOld() {
      return hasPublished != place.hasPublished() || since != place.since();
    }
  }

  /** A client with a place. */
  private static final class Holder {

    private final Network network;
    private final long number;
    private boolean leaves;

    /** Null until it is accepted, and while it leaves. */
    private @Nullable Turn turn;

    private Holder(Network network, long number) {
      this.network = network;
      this.number = number;
    }
  }

  int most() {
    return most;
  }

  /** Number of clients that were evicted for others. */
  long putOut() {
    return putOut.get();
  }

  /**
   * Since when clients keep being evicted or refused because all places are in use; empty after
   * {@link Crowding#LATELY_MINUTES} minutes without one.
   */
  Optional<Instant> crowdedSince() {
    Crowded last = lastCrowd;
    return last == null || isOver(last) ? Optional.empty() : Optional.of(last.since());
  }

  private boolean isOver(Crowded last) {
    return nanoTime.getAsLong() - last.lastAt() >= LATELY_NANOS;
  }

  private void noteCrowd() {
    Crowded last = lastCrowd;
    Instant since = last == null || isOver(last) ? clock.instant() : last.since();
    lastCrowd = new Crowded(since, nanoTime.getAsLong());
  }

  /**
   * Asks for a place. If all are in use, another client may be evicted.
   *
   * @return whether the client has one now
   */
  synchronized boolean enter(Place newcomer) {
    if (!hasRoom(newcomer)) {
      return false;
    }
    take(newcomer);
    return true;
  }

  /** Takes over from a former connection of the same client, whose place becomes free. */
  synchronized void enterFor(@Nullable Place former, Place newcomer) {
    if (former != null) {
      left(former);
    }
    take(newcomer);
  }

  private void take(Place place) {
    if (!holders.containsKey(place)) {
      Network network = networks.computeIfAbsent(place.network(), Network::new);
      network.holding++;
      holders.put(place, new Holder(network, numbers++));
      count(network, 1);
    }
  }

  /** The client may publish. From now on it may be evicted. */
  synchronized void letIn(Place place) {
    place.letIn();
    Holder holder = holders.get(place);
    if (holder != null && !holder.leaves) {
      turn(holder, Turn.of(place, holder.number));
    }
  }

  /** The client was to leave but began to publish, so it stays. */
  synchronized void stays(Place place) {
    Holder holder = holders.get(place);
    if (holder != null && holder.leaves) {
      holder.leaves = false;
      count(holder.network, 1);
      turn(holder, Turn.of(place, holder.number));
    }
  }

  /** The client gives its place back. */
  synchronized void left(Place place) {
    Holder holder = holders.remove(place);
    if (holder == null) {
      return;
    }
    Network network = holder.network;
    if (!holder.leaves) {
      turn(holder, null);
      count(network, -1);
    }
    network.holding--;
    if (network.holding == 0) {
      networks.remove(network.name);
    }
  }

  private static void turn(Holder holder, @Nullable Turn turn) {
    if (holder.turn != null) {
      holder.network.turns.remove(holder.turn);
    }
    holder.turn = turn;
    if (turn != null) {
      holder.network.turns.add(turn);
    }
  }

  private void count(Network network, int more) {
    staying += more;
    Set<Network> same = networksBySize.get(network.staying);
    if (same != null && same.remove(network) && same.isEmpty()) {
      networksBySize.remove(network.staying);
    }
    network.staying += more;
    if (network.staying > 0) {
      networksBySize.computeIfAbsent(network.staying, _ -> new LinkedHashSet<>()).add(network);
    }
  }

  private boolean hasRoom(Place newcomer) {
    int taken = holders.size();
    if (staying < most) {
      boolean isFree = taken < most + LEAVING;
      if (!isFree) {
        noteCrowd();
      }
      return isFree;
    }
    noteCrowd();
    Network crowded = crowded(newcomer);
    Holder first = crowded == null || taken >= most + LEAVING ? null : firstToGo(crowded);
    if (crowded == null || first == null || first.turn == null) {
      limited
          .atWarn("refused")
          .addKeyValue("address", newcomer.network())
          .addKeyValue("places", most)
          .log(
              "An MQTT client is refused: all places are taken (linli.mqtt.max-connections) and"
                  + " nobody can go");
      return false;
    }
    putOut.incrementAndGet();
    limited
        .atWarn("put-out " + crowded.name)
        .addKeyValue("address", crowded.name)
        .addKeyValue("of-this-address", crowded.staying)
        .addKeyValue("places", most)
        .log(
            "All places of MQTT devices are taken (linli.mqtt.max-connections): who published"
                + " nothing for longest is put out");
    Place place = first.turn.place();
    turn(first, null);
    first.leaves = true;
    count(crowded, -1);
    place.putOut();
    return true;
  }

  /** The address that has most; the newcomer's own if no other has more. */
  private @Nullable Network crowded(Place newcomer) {
    Map.Entry<Integer, Set<Network>> largest = networksBySize.lastEntry();
    if (largest == null) {
      return null;
    }
    Network own = networks.get(newcomer.network());
    return own != null && own.staying == largest.getKey()
        ? own
        : largest.getValue().iterator().next();
  }

  /**
   * The client to evict. One that published since it was last examined gets a later rank, once for
   * all that it published.
   */
  private @Nullable Holder firstToGo(Network network) {
    List<Turn> inFlight = new ArrayList<>();
    Holder found = null;
    while (found == null && inFlight.size() < MOST_LOOKED_AT && !network.turns.isEmpty()) {
      Turn first = network.turns.first();
      Holder holder = holders.get(first.place());
      if (holder == null) {
        network.turns.remove(first);
      } else if (first.isOld()) {
        turn(holder, Turn.of(first.place(), holder.number));
      } else if (first.place().isInFlight()) {
        inFlight.add(first);
        network.turns.remove(first);
      } else {
        found = holder;
      }
    }
    network.turns.addAll(inFlight);
    return found;
  }
}
