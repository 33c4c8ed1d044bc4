package org.linli.edge.intake.coap;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.KeyMID;
import org.eclipse.californium.core.network.deduplication.Deduplicator;
import org.jspecify.annotations.Nullable;

/**
 * Tells a repeated request from a new one by its source and message id (RFC 7252 section 4.5), and
 * keeps the answer for it. It is bounded twice: by requests of one source, so that one that floods
 * does not push the others out, and by requests at all, so that many sources do not fill the heap.
 * The oldest goes first, and none is kept longer than EXCHANGE_LIFETIME.
 *
 * <p>A request that was pushed out and comes again is a new one; the id of its event, where the
 * device gives one, still tells that it is the same.
 *
 * <p>The same message id with another token is another request: a device that restarted may count
 * from the same number again.
 */
final class RememberedRequests implements Deduplicator {

  private final int most;
  private final int mostOfOneSource;
  private final long lifetimeNanos;
  private final LongSupplier nanos;

  /** The oldest first. */
  private final LinkedHashMap<KeyMID, Remembered> requests = new LinkedHashMap<>();

  private final Map<Object, ArrayDeque<KeyMID>> bySource = new HashMap<>();

  private record Remembered(Exchange exchange, @Nullable Token token, long at) {}

  /**
   * @param nanos a clock that never goes back, such as {@link System#nanoTime}
   */
  RememberedRequests(int most, int mostOfOneSource, long lifetimeNanos, LongSupplier nanos) {
    this.most = most;
    this.mostOfOneSource = mostOfOneSource;
    this.lifetimeNanos = lifetimeNanos;
    this.nanos = nanos;
  }

  @Override
  public synchronized @Nullable Exchange findPrevious(KeyMID key, Exchange exchange) {
    forgetTheOld();
    Token token = exchange.getCurrentRequest().getToken();
    Remembered previous = requests.get(key);
    if (previous != null && Objects.equals(previous.token(), token)) {
      return previous.exchange();
    }
    remember(key, exchange, token);
    return null;
  }

  @Override
  public synchronized boolean replacePrevious(KeyMID key, Exchange previous, Exchange exchange) {
    remember(key, exchange, exchange.getCurrentRequest().getToken());
    return true;
  }

  private void remember(KeyMID key, Exchange exchange, @Nullable Token token) {
    forget(key);
    ArrayDeque<KeyMID> ofSource =
        bySource.computeIfAbsent(key.getPeer(), source -> new ArrayDeque<>(1));
    if (ofSource.size() == mostOfOneSource) {
      requests.remove(ofSource.remove());
    }
    ofSource.add(key);
    requests.put(key, new Remembered(exchange, token, nanos.getAsLong()));
    if (requests.size() > most) {
      forget(requests.firstEntry().getKey());
    }
  }

  private void forgetTheOld() {
    long oldest = nanos.getAsLong() - lifetimeNanos;
    Iterator<Map.Entry<KeyMID, Remembered>> all = requests.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<KeyMID, Remembered> eldest = all.next();
      if (eldest.getValue().at() - oldest >= 0) {
        return;
      }
      all.remove();
      forgetOfSource(eldest.getKey());
    }
  }

  private void forget(KeyMID key) {
    if (requests.remove(key) != null) {
      forgetOfSource(key);
    }
  }

  private void forgetOfSource(KeyMID key) {
    ArrayDeque<KeyMID> ofSource = bySource.get(key.getPeer());
    if (ofSource != null) {
      ofSource.removeFirstOccurrence(key);
      if (ofSource.isEmpty()) {
        bySource.remove(key.getPeer());
      }
    }
  }

  @Override
  public synchronized @Nullable Exchange find(KeyMID key) {
    Remembered remembered = requests.get(key);
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
