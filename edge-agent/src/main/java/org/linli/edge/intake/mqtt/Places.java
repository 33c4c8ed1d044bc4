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
 * So many clients can be in at a time. Where all places are taken, a newcomer gets the place of who
 * has published nothing for the longest, of the address that has most: so a crowd that says nothing
 * keeps out no device. All devices may come from one address, such as a bridge, so an address can
 * have all places while nobody else wants one. Nobody goes whose message is on its way. A client
 * that only reads comes again by itself.
 *
 * <p>A newcomer costs no more where many are in: the event loop that lets it in serves everybody.
 * Safe for any thread.
 */
final class Places {

  private static final Logger log = LoggerFactory.getLogger(Places.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** How many may be about to go, beyond those that are in. */
  private static final int LEAVING = 64;

  /** Of those whose message is on its way: where so many wait, the disk stands still. */
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
   * All places were taken when somebody came.
   *
   * @param since when that began
   * @param lastAt when it was so last, by {@code nanoTime}
   */
  private record Crowded(Instant since, long lastAt) {}

  /** Those of one address. */
  private static final class Network {

    private final String name;

    /** How many have a place, also those that leave. */
    private int holding;

    private int staying;

    /** Those that are let in and stay; who goes first is first, as far as was looked. */
    private final TreeSet<Turn> turns =
        new TreeSet<>(
            Comparator.comparing(Turn::hasPublished)
                // Nanoseconds count from anywhere, also from below zero and over the end.
                .thenComparing(Turn::since, (one, other) -> Long.signum(one - other))
                .thenComparingLong(Turn::number));

    private Network(String name) {
      this.name = name;
    }
  }

  /** When a client has to go, as it was when it was looked at last. */
  private record Turn(Place place, boolean hasPublished, long since, long number) {

    private static Turn of(Place place, long number) {
      return new Turn(place, place.hasPublished(), place.since(), number);
    }

    private boolean isOld() {
      return hasPublished != place.hasPublished() || since != place.since();
    }
  }

  /** Who has a place. */
  private static final class Holder {

    private final Network network;
    private final long number;
    private boolean leaves;

    /** Null until it is let in, and while it leaves. */
    private @Nullable Turn turn;

    private Holder(Network network, long number) {
      this.network = network;
      this.number = number;
    }
  }

  int most() {
    return most;
  }

  /** How many were put out for others. */
  long putOut() {
    return putOut.get();
  }

  /**
   * Since when it comes again and again that all places are taken and somebody is put out or turned
   * away; empty once that did not happen for {@link Crowding#LATELY_MINUTES} minutes.
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
   * A client wants a place; where all are taken, who holds one has to go for it.
   *
   * @return whether it has one now
   */
  synchronized boolean enter(Place newcomer) {
    if (!hasRoom(newcomer)) {
      return false;
    }
    take(newcomer);
    return true;
  }

  /** A client goes on where another was, which gives its place back. */
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

  /** A client may publish; from now on it may have to go for another. */
  synchronized void letIn(Place place) {
    place.letIn();
    Holder holder = holders.get(place);
    if (holder != null && !holder.leaves) {
      turn(holder, Turn.of(place, holder.number));
    }
  }

  /** A client that had to go does not: it began to publish. */
  synchronized void stays(Place place) {
    Holder holder = holders.get(place);
    if (holder != null && holder.leaves) {
      holder.leaves = false;
      count(holder.network, 1);
      turn(holder, Turn.of(place, holder.number));
    }
  }

  /** A client has no place any more. */
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
          .log("An MQTT client is refused: all places are taken and nobody can go");
      return false;
    }
    putOut.incrementAndGet();
    limited
        .atWarn("put-out " + crowded.name)
        .addKeyValue("address", crowded.name)
        .addKeyValue("of-this-address", crowded.staying)
        .addKeyValue("places", most)
        .log("All places of MQTT devices are taken: who published nothing for longest is put out");
    Place place = first.turn.place();
    turn(first, null);
    first.leaves = true;
    count(crowded, -1);
    place.putOut();
    return true;
  }

  /** The address that has most; the newcomer's own where no other has more. */
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
   * Whoever published since it was looked at last gets a later turn: once for what it published.
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
