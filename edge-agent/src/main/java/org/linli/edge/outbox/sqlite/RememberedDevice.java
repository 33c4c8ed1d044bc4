package org.linli.edge.outbox.sqlite;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the gateway remembers of one device: its last order number and its newest ids, as 64 bits of
 * their hash with the second of running time in which they came.
 */
final class RememberedDevice {

  private static final int BYTES_PER_ID = Long.BYTES + Integer.BYTES;
  private static final int FIRST_CAPACITY = 8;

  /** Of the objects and of an entry in a map. */
  private static final long BYTES_BESIDE = 240;

  private final long ref;
  private final String name;
  private long lastOrder;
  private long savedAt;
  private long loggedAt;
  private long urgentPosition;
  private long bulkPosition;
  private long group;

  /** A ring, {@code size} of whose places are in use; the oldest is overwritten at {@code next}. */
  private long[] hashes;

  private int[] seconds;
  private int size;
  private int next;

  RememberedDevice(long ref, String name, long lastOrder, long savedAt, byte[] ids) {
    this.ref = ref;
    this.name = name;
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

  /** All its ids came in this second of running time, as far as anybody knows. */
  void cameAt(int second) {
    Arrays.fill(seconds, second);
  }

  long ref() {
    return ref;
  }

  /** Whether it says something for the first time in a group; groups count from 1. */
  boolean speaksFirst(long inGroup) {
    boolean first = group != inGroup;
    group = inGroup;
    return first;
  }

  /** No event of it lies beyond these positions of the lanes. */
  void isUpTo(long urgent, long bulk) {
    urgentPosition = urgent;
    bulkPosition = bulk;
  }

  long urgentPosition() {
    return urgentPosition;
  }

  long bulkPosition() {
    return bulkPosition;
  }

  String name() {
    return name;
  }

  /** What it takes in memory, about. */
  long bytes() {
    return BYTES_BESIDE + 2L * name.length() + (long) hashes.length * BYTES_PER_ID;
  }

  long lastOrder() {
    return lastOrder;
  }

  /** The newest line of the identity log that the saved row of this device covers. */
  long savedAt() {
    return savedAt;
  }

  /** Whether the saved row says all there is. */
  boolean isSaved() {
    return loggedAt <= savedAt;
  }

  void saved(long line) {
    savedAt = line;
  }

  /** Whether this id came before, and not earlier than {@code oldest}. */
  boolean knows(long hash, int oldest) {
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash && Integer.compareUnsigned(seconds[i], oldest) >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes one more event, which has no id.
   *
   * @param line of the identity log that tells of it
   * @return its order number
   */
  long take(long line) {
    loggedAt = line;
    return ++lastOrder;
  }

  /** Takes one more event with an id. */
  long take(long line, long hash, int second, int window) {
    remember(hash, second, window);
    return take(line);
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

  /** The ids as they are saved, oldest first. */
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
