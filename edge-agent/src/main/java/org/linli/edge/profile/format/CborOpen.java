package org.linli.edge.profile.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The arrays and maps of a CBOR message that are not read to their end yet, so that a message which
 * breaks off can be closed behind what is whole in it. For one message.
 */
final class CborOpen {

  private static final int INFO = 0x1f;
  private static final int SHORT = 24;
  private static final int BREAK = 0xff;
  private static final int BYTE_BITS = 8;

  /** Where the head of each begins. */
  private final int[] heads;

  /** Where its last whole entry ends, and how many there are. */
  private final int[] ends;

  private final int[] entries;
  private int depth;

  /**
   * @param deepest most nested arrays and maps
   */
  CborOpen(int deepest) {
    heads = new int[deepest];
    ends = new int[deepest];
    entries = new int[deepest];
  }

  int depth() {
    return depth;
  }

  /**
   * One begins.
   *
   * @param head where its head begins
   * @param content where its first entry begins
   */
  void begin(int head, int content) {
    heads[depth] = head;
    ends[depth] = content;
    entries[depth] = 0;
    depth++;
  }

  /** An entry of the innermost one ends: an item of an array, or a name of a map with its item. */
  void entry(int end) {
    ends[depth - 1] = end;
    entries[depth - 1]++;
  }

  void end() {
    depth--;
  }

  /** The message up to its last whole entry, with everything that is open closed; null for none. */
  byte @Nullable [] closed(byte[] bytes) {
    if (depth == 0) {
      return null;
    }
    int end = ends[depth - 1];
    int breaks = 0;
    for (int i = 0; i < depth; i++) {
      breaks += isIndefinite(bytes, heads[i]) ? 1 : 0;
    }
    byte[] closed = Arrays.copyOf(bytes, end + breaks);
    Arrays.fill(closed, end, closed.length, (byte) BREAK);
    for (int i = 0; i < depth; i++) {
      if (!isIndefinite(bytes, heads[i])) {
        // The one within it, which breaks off, is its last entry.
        count(closed, heads[i], i == depth - 1 ? entries[i] : entries[i] + 1);
      }
    }
    return closed;
  }

  private static boolean isIndefinite(byte[] bytes, int head) {
    return (bytes[head] & INFO) == INFO;
  }

  /** Writes a count that is not larger than the one before into as many bytes. */
  private static void count(byte[] bytes, int head, int count) {
    int info = bytes[head] & INFO;
    if (info < SHORT) {
      bytes[head] = (byte) (bytes[head] & ~INFO | count);
      return;
    }
    int rest = count;
    for (int at = head + (1 << (info - SHORT)); at > head; at--) {
      bytes[at] = (byte) rest;
      rest >>>= BYTE_BITS;
    }
  }
}
