package org.linli.edge.outbox.sqlite;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the gateway remembers of one device: its last order number and its newest ids, as 64 bits of
 * their hash with the second in which they came. What a group adds stays apart until its commit
 * succeeds, so that a failed one leaves no trace.
 */
final class RememberedDevice {

  private static final int BYTES_PER_ID = Long.BYTES + Integer.BYTES;
  private static final int FIRST_CAPACITY = 8;

  private final long ref;
  private long lastOrder;
  private long savedAt;
  private long loggedAt;

  /** A ring, {@code size} of whose places are in use; the oldest is overwritten at {@code next}. */
  private long[] hashes;

  private int[] seconds;
  private int size;
  private int next;

  private long[] pendingHashes = new long[FIRST_CAPACITY];
  private int pendingIds;
  private int pendingOrders;

  RememberedDevice(long ref, long lastOrder, long savedAt, byte[] ids) {
    this.ref = ref;
    this.lastOrder = lastOrder;
    this.savedAt = savedAt;
    this.loggedAt = savedAt;
    this.size = ids.length / BYTES_PER_ID;
    this.next = size;
    this.hashes = new long[Math.max(FIRST_CAPACITY, size)];
    this.seconds = new int[hashes.length];
    ByteBuffer in = ByteBuffer.wrap(ids);
    for (int i = 0; i < size; i++) {
      hashes[i] = in.getLong();
      seconds[i] = in.getInt();
    }
  }

  long ref() {
    return ref;
  }

  long lastOrder() {
    return lastOrder;
  }

  /** The newest commit whose events the saved row of this device speaks of. */
  long savedAt() {
    return savedAt;
  }

  /** Whether the saved row says all there is. */
  boolean isSaved() {
    return loggedAt <= savedAt && pendingOrders == 0;
  }

  boolean isTouchedByThisGroup() {
    return pendingOrders > 0;
  }

  /** Whether this id came in this group, or before and not earlier than {@code oldest}. */
  boolean knows(long hash, int oldest) {
    for (int i = 0; i < pendingIds; i++) {
      if (pendingHashes[i] == hash) {
        return true;
      }
    }
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash && Integer.compareUnsigned(seconds[i], oldest) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The order number of this group's next event. */
  long takeOrder() {
    pendingOrders++;
    return lastOrder + pendingOrders;
  }

  void takeId(long hash) {
    if (pendingIds == pendingHashes.length) {
      pendingHashes = Arrays.copyOf(pendingHashes, 2 * pendingIds);
    }
    pendingHashes[pendingIds++] = hash;
  }

  /** The group is committed: what it added counts from now on. */
  void settle(int second, long commit, int window) {
    for (int i = 0; i < pendingIds; i++) {
      remember(pendingHashes[i], second, window);
    }
    lastOrder += pendingOrders;
    loggedAt = commit;
    forgetGroup();
  }

  /** The group failed. */
  void forgetGroup() {
    pendingIds = 0;
    pendingOrders = 0;
    if (pendingHashes.length > FIRST_CAPACITY) {
      pendingHashes = new long[FIRST_CAPACITY];
    }
  }

  /** Adds what the identity log tells of one event. */
  void replay(boolean hasId, long hash, int second, long commit, int window) {
    lastOrder++;
    loggedAt = commit;
    if (hasId) {
      remember(hash, second, window);
    }
  }

  void saved(long commit) {
    savedAt = commit;
  }

  private void remember(long hash, int second, int window) {
    if (next == hashes.length && hashes.length < window) {
      int capacity = Math.min(window, 2 * hashes.length);
      hashes = Arrays.copyOf(hashes, capacity);
      seconds = Arrays.copyOf(seconds, capacity);
    }
    if (next == hashes.length) {
      next = 0;
    }
    hashes[next] = hash;
    seconds[next] = second;
    next++;
    size = Math.max(size, next);
  }

  /** The ids as of the last commit, oldest first. */
  byte[] ids() {
    ByteBuffer out = ByteBuffer.allocate(size * BYTES_PER_ID);
    int oldest = size == hashes.length ? next % size : 0;
    for (int i = 0; i < size; i++) {
      int place = (oldest + i) % size;
      out.putLong(hashes[place]).putInt(seconds[place]);
    }
    return out.array();
  }
}
