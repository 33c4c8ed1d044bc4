package org.linli.sims.fault;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Alters batches and receipts between a gateway and a hub as a careless broker could. The
 * connections stay intact: every PUBLISH gets its PUBACK, and additional messages use packet ids
 * that the gateway does not use.
 */
public final class BatchMischief {

  /** What to do to one batch or one receipt. */
  public enum Deed {
    /** Acknowledges it and drops it. */
    LOSE_BATCH,
    /** Acknowledges it and drops it. */
    LOSE_RECEIPT,
    /** Delivers it twice. */
    REPEAT,
    /** Delivers after it one that passed earlier, perhaps long ago. */
    REPLAY,
    /** Delivers it after the next one, or a second later if there is none. */
    SWAP,
    /**
     * Delivers after it another batch with the same sequence that is consistent but has another
     * history.
     */
    FORGE,
    /** Flips one bit of its payload. */
    CORRUPT,
    /** Flips one bit of its payload. */
    CORRUPT_RECEIPT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static final int FIRST_OWN_ID = 60_000;
  private static final int OWN_IDS = 5_000;
  private static final int KEPT = 60;
  private static final long HELD_MILLIS = 1_000;

  private final Dice dice;
  private final Map<Deed, AtomicInteger> toDo = new EnumMap<>(Deed.class);
  private final Map<Deed, AtomicInteger> done = new EnumMap<>(Deed.class);
  private final AtomicInteger ownIds = new AtomicInteger();
  private final List<MqttPacket> kept = new ArrayList<>();

  public BatchMischief(long seed) {
    dice = new Dice(seed);
    for (Deed deed : Deed.values()) {
      toDo.put(deed, new AtomicInteger());
      done.put(deed, new AtomicInteger());
    }
  }

  /** Does this to the next {@code times} of them. */
  public void arrange(Deed deed, int times) {
    counter(toDo, deed).addAndGet(times);
  }

  /** Lets everything pass unchanged again. */
  public void stop() {
    toDo.values().forEach(counter -> counter.set(0));
  }

  /** How often it was done. */
  public int done(Deed deed) {
    return counter(done, deed).get();
  }

  /** How often it is still to be done. */
  public int left(Deed deed) {
    return counter(toDo, deed).get();
  }

  /** The tampering for a connection from the gateway to the hub. */
  public Tampering tampering() {
    return new OnConnection();
  }

  private static AtomicInteger counter(Map<Deed, AtomicInteger> counters, Deed deed) {
    AtomicInteger counter = counters.get(deed);
    if (counter == null) {
      throw new IllegalStateException("every deed is counted");
    }
    return counter;
  }

  private boolean turnOf(Deed deed) {
    boolean now = counter(toDo, deed).getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    if (now) {
      counter(done, deed).incrementAndGet();
    }
    return now;
  }

  private void keep(MqttPacket packet) {
    synchronized (kept) {
      if (kept.size() == KEPT) {
        kept.remove(dice.below(KEPT));
      }
      kept.add(packet);
    }
  }

  private MqttPacket anyKept() {
    synchronized (kept) {
      return kept.get(dice.below(kept.size()));
    }
  }

  private record Held(MqttPacket packet, Tampering.Way way) {}

  private final class OnConnection implements Tampering {
    private final Set<Integer> own = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
    private final Map<Integer, String> aliasesThere = new ConcurrentHashMap<>();
    private final Map<Integer, String> aliasesBack = new ConcurrentHashMap<>();

    @Override
    public byte[] next(InputStream in) throws IOException {
      return MqttPacket.read(in);
    }

    @Override
    public void pass(boolean towardsTarget, byte[] piece, Way onward, Way back)
        throws InterruptedException {
      MqttPacket packet = inFull(towardsTarget, new MqttPacket(piece));
      if (packet.isPubAck() && own.remove(packet.packetId())) {
        return;
      }
      if (!packet.isPublishAtLeastOnce()) {
        onward.send(packet.bytes());
      } else if (towardsTarget && packet.topic().contains("/up/")) {
        batch(packet, onward, back);
      } else if (!towardsTarget && packet.topic().endsWith("/receipt")) {
        receipt(packet, onward, back);
      } else {
        onward.send(packet.bytes());
      }
    }

    private MqttPacket inFull(boolean towardsTarget, MqttPacket packet) {
      int alias = packet.isPublish() ? packet.topicAlias() : 0;
      if (alias == 0) {
        return packet;
      }
      Map<Integer, String> aliases = towardsTarget ? aliasesThere : aliasesBack;
      if (!packet.topic().isEmpty()) {
        aliases.put(alias, packet.topic());
      }
      return packet.withTopic(aliases.getOrDefault(alias, ""));
    }

    private void batch(MqttPacket packet, Way onward, Way back) throws InterruptedException {
      if (turnOf(Deed.LOSE_BATCH)) {
        back.send(MqttPacket.pubAck(packet.packetId()));
        return;
      }
      keep(packet);
      if (held.get() == null && turnOf(Deed.SWAP)) {
        held.set(new Held(packet, onward));
        releaseLater();
        return;
      }
      onward.send(turnOf(Deed.CORRUPT) ? corrupted(packet).bytes() : packet.bytes());
      if (turnOf(Deed.REPEAT)) {
        onward.send(asOwn(packet).bytes());
      }
      if (left(Deed.FORGE) > 0) {
        Optional<MqttPacket> forged = Forgery.of(packet);
        if (forged.isPresent() && turnOf(Deed.FORGE)) {
          onward.send(asOwn(forged.get()).bytes());
        }
      }
      if (turnOf(Deed.REPLAY)) {
        onward.send(asOwn(anyKept()).bytes());
      }
      release();
    }

    private void receipt(MqttPacket packet, Way onward, Way back) throws InterruptedException {
      if (turnOf(Deed.LOSE_RECEIPT)) {
        back.send(MqttPacket.pubAck(packet.packetId()));
        return;
      }
      onward.send(turnOf(Deed.CORRUPT_RECEIPT) ? corrupted(packet).bytes() : packet.bytes());
    }

    private MqttPacket asOwn(MqttPacket packet) {
      int id = FIRST_OWN_ID + ownIds.getAndIncrement() % OWN_IDS;
      own.add(id);
      return packet.withPacketId(id);
    }

    private MqttPacket corrupted(MqttPacket packet) {
      byte[] copy = packet.bytes().clone();
      dice.flipBit(copy, packet.payloadAt());
      return new MqttPacket(copy);
    }

    private void release() throws InterruptedException {
      Held kept = held.getAndSet(null);
      if (kept != null) {
        kept.way().send(kept.packet().bytes());
      }
    }

    private void releaseLater() {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  TimeUnit.MILLISECONDS.sleep(HELD_MILLIS);
                  release();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
  }
}
