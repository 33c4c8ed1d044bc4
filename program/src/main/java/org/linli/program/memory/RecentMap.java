package org.linli.program.memory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map whose keys come from outside, bounded by an estimate of its bytes. Above its limit it
 * evicts the least recently used entries. An entry larger than the limit is evicted at once. Not
 * thread-safe.
 */
public final class RecentMap<K, V> {

  /** The cost of an entry besides key and value: its node and their headers. */
  private static final long ENTRY_BYTES = 120;

  private final long mostBytes;
  private final ToLongBiFunction<? super K, ? super V> bytesOf;
  private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param mostBytes the limit of all entries together
   * @param bytesOf the size of a key and its value, see {@link #bytes(String)}; always the same for
   *     the same two
   */
  public RecentMap(long mostBytes, ToLongBiFunction<? super K, ? super V> bytesOf) {
    this.mostBytes = mostBytes;
    this.bytesOf = bytesOf;
  }

  /**
   * The size of one of {@code parts} equal parts of this program's maximum heap.
   *
   * @return bytes
   */
  public static long shareOfHeap(int parts) {
    return Runtime.getRuntime().maxMemory() / parts;
  }

  /** The most bytes that a text takes. */
  public static long bytes(String text) {
    return 40 + 2L * text.length();
  }

  /** The value, which counts as used by this call; null when there is none or it was evicted. */
  public @Nullable V get(K key) {
    return entries.get(key);
  }

  /**
   * @return the previous value; null for none
   */
  public @Nullable V put(K key, V value) {
    V before = entries.put(key, value);
    bytes += weight(key, value) - (before == null ? 0 : weight(key, before));
    Iterator<Map.Entry<K, V>> leastRecent = entries.entrySet().iterator();
    while (bytes > mostBytes && leastRecent.hasNext()) {
      Map.Entry<K, V> forgotten = leastRecent.next();
      bytes -= weight(forgotten.getKey(), forgotten.getValue());
      leastRecent.remove();
    }
    return before;
  }

  /**
   * @return the previous value; null for none
   */
  public @Nullable V remove(K key) {
    V before = entries.remove(key);
    bytes -= before == null ? 0 : weight(key, before);
    return before;
  }

  public int size() {
    return entries.size();
  }

  private long weight(K key, V value) {
    return ENTRY_BYTES + bytesOf.applyAsLong(key, value);
  }
}
