package org.linli.edge.intake.coap;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.californium.elements.RawData;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that wait to be read. Peers are served in turn, however many datagrams the others send.
 * If too many wait, those of the peers that have most are dropped. A device repeats a message
 * without an answer (RFC 7252 section 4.2). Thread-safe.
 */
final class WaitingDatagrams {

  /**
   * Dropping takes away this fraction of all datagrams at once, because it scans all of them: one
   * in {@value}.
   */
  private static final int PART_DROPPED = 8;

  private final int most;
  private final long mostBytes;
  private final Runnable dropped;

  /** Peers in the order of their turns. */
  private final LinkedHashMap<Peer, ArrayDeque<RawData>> bySource = new LinkedHashMap<>();

  private int size;
  private long bytes;

  /**
   * @param dropped called for each datagram that is dropped
   */
  WaitingDatagrams(int most, long mostBytes, Runnable dropped) {
    this.dropped = dropped;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  synchronized void add(RawData datagram) {
    bySource
        .computeIfAbsent(
            new Peer(datagram.getEndpointContext().getPeerAddress()), source -> new ArrayDeque<>(2))
        .add(datagram);
    size++;
    bytes += datagram.getSize();
    while (size > most || bytes > mostBytes) {
      FairShare.cut(bySource, Math.max(1, size / PART_DROPPED), this::drop);
    }
  }

  private void drop(RawData datagram) {
    gone(datagram);
    dropped.run();
  }

  private void gone(RawData datagram) {
    size--;
    bytes -= datagram.getSize();
  }

  /** The oldest datagram of the peer whose turn it is; null if none waits. */
  synchronized @Nullable RawData next() {
    Map.Entry<Peer, ArrayDeque<RawData>> turn = bySource.pollFirstEntry();
    if (turn == null) {
      return null;
    }
    RawData next = turn.getValue().remove();
    gone(next);
    if (!turn.getValue().isEmpty()) {
      bySource.putLast(turn.getKey(), turn.getValue());
    }
    return next;
  }

  synchronized boolean isEmpty() {
    return size == 0;
  }
}
