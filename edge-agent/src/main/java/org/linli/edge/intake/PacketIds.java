package org.linli.edge.intake;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** MQTT packet ids, in two bytes each. Not thread-safe. */
public final class PacketIds {

  private static final char[] NONE = {};
  private static final int FIRST_CAPACITY = 8;

  /** Ascending; the first {@code size} are in use. */
  private char[] ids;

  private int size;

  public PacketIds() {
    ids = NONE;
  }

  /** A copy of the ids. */
  public PacketIds(PacketIds others) {
    ids = others.size == 0 ? NONE : Arrays.copyOf(others.ids, others.size);
    size = others.size;
  }

  /**
   * @return whether it was not there before
   */
  public boolean add(int id) {
    int found = find(id);
    if (found >= 0) {
      return false;
    }
    int place = -found - 1;
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(FIRST_CAPACITY, 2 * size));
    }
    System.arraycopy(ids, place, ids, place + 1, size - place);
    ids[place] = (char) id;
    size++;
    return true;
  }

  /**
   * @return whether it was there
   */
  public boolean remove(int id) {
    int place = find(id);
    if (place < 0) {
      return false;
    }
    System.arraycopy(ids, place + 1, ids, place, size - place - 1);
    size--;
    if (size <= ids.length / 4) {
      ids = size == 0 ? NONE : Arrays.copyOf(ids, Math.max(FIRST_CAPACITY, 2 * size));
    }
    return true;
  }

  public boolean contains(int id) {
    return find(id) >= 0;
  }

  public int size() {
    return size;
  }

  /** Bytes that they take in memory beside this object. */
  public int bytes() {
    return Character.BYTES * ids.length;
  }

  private int find(int id) {
    return Arrays.binarySearch(ids, 0, size, (char) id);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PacketIds others
        && Arrays.equals(ids, 0, size, others.ids, 0, others.size);
  }

  @Override
  public int hashCode() {
    return size == 0 ? 0 : ids[0] + ids[size - 1] * 31 + size;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ", ").append((int) ids[i]);
    }
    return text.append(']').toString();
  }
}
