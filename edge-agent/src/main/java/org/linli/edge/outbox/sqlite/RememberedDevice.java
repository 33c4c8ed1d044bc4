package org.linli.edge.outbox.sqlite;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The state of one device: its last order number and its newest ids, each as 64 bits of its hash
 * and the second of running time in which it came.
 */
final class RememberedDevice {

  private static final int BYTES_PER_ID = Long.BYTES + Integer.BYTES;
  private static final int FIRST_CAPACITY = 8;

  /** Bytes of the objects and of a map entry. */
  private static final long BYTES_BESIDE = 240;

  private final long ref;
  private final String name;
  private long lastOrder;
  private long savedAt;
  private long heardAt;
  private long urgentPosition;
  private long bulkPosition;
  private long group;
  private long expectedIn;

  /** A ring buffer with {@code size} places in use; the next id is written at {@code next}. */
  private long[] hashes;

  private int[] seconds;
  private int size;
  private int next;

  RememberedDevice(long ref, String name, long lastOrder, long savedAt, byte[] ids) {
    this.ref = ref;
    this.name = name;
    this.lastOrder = lastOrder;
    this.savedAt = savedAt;
    this.heardAt = savedAt;
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

  /** Sets the second of all ids, if the real ones are not known. */
  void cameAt(int second) {
    Arrays.fill(seconds, second);
  }

  long ref() {
    return ref;
  }

  /** Whether this is the device's first event in a group; groups count from 1. */
  boolean speaksFirst(long inGroup) {
    boolean first = group != inGroup;
    group = inGroup;
    return first;
  }

  /** An event of the device is to be written in this group; groups count from 1. */
  void expect(long inGroup) {
    expectedIn = inGroup;
  }

  boolean isExpected(long inGroup) {
    return expectedIn == inGroup;
  }

  /** No event of the device lies beyond these positions of the lanes. */
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

  /** Approximate bytes in memory. */
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

  /**
   * The newest line of the identity log when the device was last heard; at least that of its last
   * event.
   */
  long heardAt() {
    return heardAt;
  }

  /** Whether the saved row is complete. */
  boolean isSaved() {
    return heardAt <= savedAt;
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

  /** The device repeated an event, when this was the newest line of the identity log. */
  void heard(long line) {
    heardAt = Math.max(heardAt, line);
  }

  /**
   * Takes an event without an id.
   *
   * @param line the line of the identity log that has the event
   * @return its order number
   */
  long take(long line) {
    heardAt = line;
    return ++lastOrder;
  }

  /** Takes an event with an id. */
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

  /** The ids in the saved form, oldest first. */
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
