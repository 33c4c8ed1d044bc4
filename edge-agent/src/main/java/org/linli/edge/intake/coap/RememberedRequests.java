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
 * Tells a repeated request from a new one by its source and message id (RFC 7252 section 4.5), and
 * keeps the answer for it. It is bounded twice: by requests of one source and by requests at all,
 * so that many sources do not fill the heap. Past that those go that belong to whoever has most
 * ({@link FairShare}), so that one that floods does not push the others out. None is kept longer
 * than EXCHANGE_LIFETIME.
 *
 * <p>A request that was pushed out and comes again is a new one; the id of its event, where the
 * device gives one, still tells that it is the same.
 *
 * <p>The same message id with another token is another request: a device that restarted may count
 * from the same number again. Nor is it the same when its size is another: its answer could be many
 * times as large.
 */
public final class RememberedRequests implements Deduplicator {

  /** So much of what is remembered is forgotten at once, as it takes a look at everything. */
  private static final int PART_FORGOTTEN = 16;

  private final int most;
  private final int mostOfOneSource;
  private final long lifetimeNanos;
  private final LongSupplier nanos;

  /** The oldest first. */
  private final LinkedHashMap<Key, Remembered> requests = new LinkedHashMap<>();

  /** In the order in which they came first. */
  private final Map<Peer, ArrayDeque<Key>> bySource = new LinkedHashMap<>();

  /** A source and a message id of it. */
  private record Key(Peer peer, int messageId) implements Comparable<Key> {

    private static Key of(KeyMID key) {
      return new Key(Peer.of(key.getPeer()), key.getMID());
    }

    /** Also what keeps tables of these fast where sources were chosen to have the same hash. */
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
   * @param nanos a clock that never goes back, such as {@link System#nanoTime}
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

  /** In bytes, as it came. */
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

  /** Needs no thread: what is old goes when something new comes. */
  @Override
  public void setExecutor(ScheduledExecutorService executor) {}
}
