package org.linli.edge.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a message that is refused and may be of any size: its first bytes, and behind
 * them the first word of life safety in all of it, so that its dead letter calls somebody (decision
 * 0066). What comes is looked through once and takes a few kilobytes. For one thread.
 */
public final class Beginning {

  /** As many as a dead letter keeps. */
  public static final int BYTES = 1_024;

  /** More than any word, and what decides whether it counts, has on either side. */
  private static final int AROUND = 192;

  private static final int WINDOW = 4 << 10;

  /** Bytes of memory that it takes. */
  public static final int HELD = BYTES + WINDOW;

  private final LifeSearch search;
  private byte[] first = {};
  private int size;
  private byte[] window = {};
  private int inWindow;

  /** Where words begin that were not looked for yet. */
  private int notLookedAt;

  private @Nullable String word;

  public Beginning(LifeSearch search) {
    this.search = search;
  }

  /** All of a message that is no longer kept. */
  public static byte[] of(byte[] whole, LifeSearch search) {
    Beginning beginning = new Beginning(search);
    beginning.take(whole, 0, whole.length);
    return beginning.kept();
  }

  /** The next bytes. */
  public void take(byte[] chunk, int from, int end) {
    keep(chunk, from, end);
    look(chunk, from, end);
  }

  /** Keeps the next bytes, as far as the first ones are kept, without looking for words. */
  public void keep(byte[] chunk, int from, int end) {
    int more = Math.min(BYTES - size, end - from);
    if (more <= 0) {
      return;
    }
    if (size + more > first.length) {
      first = Arrays.copyOf(first, BYTES);
    }
    System.arraycopy(chunk, from, first, size, more);
    size += more;
  }

  /** Whether all that is kept has come. */
  public boolean isKept() {
    return size == BYTES;
  }

  /** Looks for words in the next bytes, without keeping them. */
  public void look(byte[] chunk, int from, int end) {
    int at = from;
    while (at < end && word == null) {
      if (window.length == 0) {
        window = new byte[WINDOW];
      }
      int more = Math.min(WINDOW - inWindow, end - at);
      System.arraycopy(chunk, at, window, inWindow, more);
      inWindow += more;
      at += more;
      if (inWindow == WINDOW) {
        int to = WINDOW - AROUND;
        word = search.first(window, WINDOW, notLookedAt, to);
        System.arraycopy(window, to - AROUND, window, 0, 2 * AROUND);
        inWindow = 2 * AROUND;
        notLookedAt = AROUND;
      }
    }
  }

  /** What comes next does not follow what came before. */
  public void breakOff() {
    if (word == null && inWindow > 0) {
      word = search.first(window, inWindow, notLookedAt, inWindow);
    }
    inWindow = 0;
    notLookedAt = 0;
  }

  /** The first bytes, and in a line of its own the word; nothing more may come. */
  public byte[] kept() {
    return kept(Integer.MAX_VALUE);
  }

  /**
   * As above.
   *
   * @param most bytes; the word has its place before the first bytes have theirs
   */
  public byte[] kept(int most) {
    breakOff();
    // What is here whole is looked through by whoever reads it.
    String found = isKept() ? word : null;
    byte[] line = found == null ? new byte[0] : ("\n" + found).getBytes(StandardCharsets.UTF_8);
    int fits = Math.max(0, Math.min(size, most - line.length));
    byte[] kept = Arrays.copyOf(first, fits + line.length);
    System.arraycopy(line, 0, kept, fits, line.length);
    return kept;
  }
}
