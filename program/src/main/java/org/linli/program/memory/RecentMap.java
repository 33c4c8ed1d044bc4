package org.linli.program.memory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map for what outsiders name, bounded by an estimate of its bytes: past its share of the heap it
 * forgets what was not used for longest. An entry that alone is larger is forgotten at once. Not
 * safe for several threads.
 */
public final class RecentMap<K, V> {

  /** What an entry costs beside key and value: its node and their headers. */
  private static final long ENTRY_BYTES = 120;

  private final long mostBytes;
  private final ToLongBiFunction<? super K, ? super V> bytesOf;
  private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param mostBytes what all entries together may take
   * @param bytesOf what a key and its value take, see {@link #bytes(String)}; the same for the same
   *     two at any time
   */
  public RecentMap(long mostBytes, ToLongBiFunction<? super K, ? super V> bytesOf) {
    this.mostBytes = mostBytes;
    this.bytesOf = bytesOf;
  }

  /**
   * One of so many equal parts of the heap that this program may use.
   *
   * @return bytes
   */
  public static long shareOfHeap(int parts) {
    return Runtime.getRuntime().maxMemory() / parts;
  }

  /** At most so many bytes does a text take. */
  public static long bytes(String text) {
    return 40 + 2L * text.length();
  }

  /** The value, which is in use by that; null where there is none, or none any more. */
  public @Nullable V get(K key) {
    return entries.get(key);
  }

  /**
   * @return the value before; null for none
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
   * @return the value before; null for none
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
