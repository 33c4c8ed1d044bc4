package org.linli.edge.intake.coap;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.KeyMID;
import org.eclipse.californium.core.network.deduplication.Deduplicator;
import org.jspecify.annotations.Nullable;

/**
 * Recognises repeated requests by source and message id (RFC 7252 section 4.5), and keeps the
 * answer for them. It has two limits, per source and in total, so that many sources do not fill the
 * heap. Beyond a limit, requests of the sources that have most are removed ({@link FairShare}), so
 * a flood does not evict those of others. None is kept longer than EXCHANGE_LIFETIME.
 *
 * <p>A repetition of a removed request counts as new. If the device gives its event an id, that id
 * still identifies the event.
 *
 * <p>A request with the same message id but another token is another request: a device that
 * restarted may use the same numbers again. The same holds for another size, because the kept
 * answer could be many times as large as the request.
 */
public final class RememberedRequests implements Deduplicator {

  /**
   * Removal takes away this fraction of all entries at once, because it scans all of them: one in
   * {@value}.
   */
  private static final int PART_FORGOTTEN = 16;

  private final int most;
  private final int mostOfOneSource;
  private final long lifetimeNanos;
  private final LongSupplier nanos;

  /** Oldest first. */
  private final LinkedHashMap<Key, Remembered> requests = new LinkedHashMap<>();

  /** In the order in which the sources first came. */
  private final Map<Peer, ArrayDeque<Key>> bySource = new LinkedHashMap<>();

  /** A source and one of its message ids. */
  private record Key(Peer peer, int messageId) implements Comparable<Key> {

    private static Key of(KeyMID key) {
      return new Key(Peer.of(key.getPeer()), key.getMID());
    }

    /** Keeps hash tables of keys fast even if sources were chosen to have the same hash. */
    @Override
    public int compareTo(Key other) {
      int byId = Integer.compare(messageId, other.messageId);
      return byId != 0 ? byId : peer.compareTo(other.peer);
    }
  }

  private record Remembered(Exchange exchange, @Nullable Token token, int size, long at) {

    boolean isOf(Request other) {
      return Objects.equals(token, other.getToken()) && size == sizeOf(other);
    }
  }

  /**
   * @param nanos a monotonic clock, such as {@link System#nanoTime}
   */
  public RememberedRequests(int most, int mostOfOneSource, long lifetimeNanos, LongSupplier nanos) {
    this.most = most;
    this.mostOfOneSource = mostOfOneSource;
    this.lifetimeNanos = lifetimeNanos;
    this.nanos = nanos;
  }

  @Override
  public synchronized @Nullable Exchange findPrevious(KeyMID id, Exchange exchange) {
    forgetTheOld();
    Key key = Key.of(id);
    Remembered previous = requests.get(key);
    if (previous != null && previous.isOf(exchange.getCurrentRequest())) {
      return previous.exchange();
    }
    remember(key, exchange);
    return null;
  }

  @Override
  public synchronized boolean replacePrevious(KeyMID id, Exchange previous, Exchange exchange) {
    remember(Key.of(id), exchange);
    return true;
  }

  private void remember(Key key, Exchange exchange) {
    forget(key);
    ArrayDeque<Key> ofSource = bySource.computeIfAbsent(key.peer(), source -> new ArrayDeque<>(1));
    if (ofSource.size() == mostOfOneSource) {
      requests.remove(ofSource.remove());
    }
    ofSource.add(key);
    Request request = exchange.getCurrentRequest();
    requests.put(
        key, new Remembered(exchange, request.getToken(), sizeOf(request), nanos.getAsLong()));
    if (requests.size() > most) {
      FairShare.cut(bySource, Math.max(1, most / PART_FORGOTTEN), requests::remove);
    }
  }

  /** Size in bytes, as received. */
  private static int sizeOf(Request request) {
    return request.getBytes() == null ? 0 : request.getBytes().length;
  }

  private void forgetTheOld() {
    long oldest = nanos.getAsLong() - lifetimeNanos;
    Iterator<Map.Entry<Key, Remembered>> all = requests.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Key, Remembered> eldest = all.next();
      if (eldest.getValue().at() - oldest >= 0) {
        return;
      }
      all.remove();
      forgetOfSource(eldest.getKey());
    }
  }

  private void forget(Key key) {
    if (requests.remove(key) != null) {
      forgetOfSource(key);
    }
  }

  private void forgetOfSource(Key key) {
    ArrayDeque<Key> ofSource = bySource.get(key.peer());
    if (ofSource != null) {
      ofSource.removeFirstOccurrence(key);
      if (ofSource.isEmpty()) {
        bySource.remove(key.peer());
      }
    }
  }

  @Override
  public synchronized @Nullable Exchange find(KeyMID id) {
    Remembered remembered = requests.get(Key.of(id));
    return remembered == null ? null : remembered.exchange();
  }

  @Override
  public synchronized int size() {
    return requests.size();
  }

  @Override
  public synchronized boolean isEmpty() {
    return requests.isEmpty();
  }

  @Override
  public synchronized void clear() {
    requests.clear();
    bySource.clear();
  }

  @Override
  public void start() {}

  @Override
  public void stop() {
    clear();
  }

  /** No thread is needed: old requests are removed when a new one comes. */
  @Override
  public void setExecutor(ScheduledExecutorService executor) {}
}
