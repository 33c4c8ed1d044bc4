package org.linli.edge.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a text fit a limit while it comes in, whether it is JSON, XML or a form: pictures in base64
 * (RFC 4648) are cut, and so is any other text as long and without a space or a sign. Where one
 * stood there is {@link #CUT} and how many bytes it had, so that the rest can be read. Nothing is
 * cut of a text that fits. For one thread.
 */
public final class TextCutter {

  /** Stands for what is cut, before the number of its bytes in ten digits. It is base64 itself. */
  public static final String CUT = "linli-cut-";

  /** Nothing shorter is cut: no name and no number is so long. */
  private static final int SHORTEST = 1 << 10;

  private static final int MOST_KEPT = 32;
  private static final int MOST_BACKSLASHES = 16;

  /** Signs of base64 and of its form for addresses, and of the escapes in JSON and in forms. */
  private static final boolean[] ENCODED = new boolean[256];

  static {
    for (int sign = '0'; sign <= 'z'; sign++) {
      ENCODED[sign] = Character.isLetterOrDigit(sign);
    }
    for (char sign : "+/-_\\%\r\n".toCharArray()) {
      ENCODED[sign] = true;
    }
  }

  private final int limit;
  private byte[] kept;
  private int size;
  private long length;
  private boolean isFull;

  /** Long ones that are kept whole, in order. */
  private final List<Run> runs = new ArrayList<>();

  /** Where the present one begins. */
  private int begin;

  /** How many bytes of the present one were cut; -1 if it is kept. */
  private long cut = -1;

  /** Backslashes at the end of the present one, if it is cut: the sign that they escape stays. */
  private int backslashes;

  /** White space after the end of a line is part of it: pretty-printed XML indents base64. */
  private boolean isIndented;

  private static final class Run {
    private int begin;
    private int end;

    Run(int begin, int end) {
      this.begin = begin;
      this.end = end;
    }

    int length() {
      return end - begin;
    }
  }

  /**
   * @param come the beginning of the text, whose array becomes the cutter's own
   * @param limit of what is kept, in bytes
   */
  public TextCutter(byte[] come, int length, int limit) {
    this.limit = limit;
    this.kept = come.length < limit ? Arrays.copyOf(come, limit) : come;
    // What is kept never overtakes what is read.
    take(come, 0, length);
  }

  /** As above, for all of an array. */
  public TextCutter(byte[] come, int limit) {
    this(come, come.length, limit);
  }

  public void take(byte[] chunk, int from, int end) {
    for (int i = from; i < end && !isFull; i++) {
      take(chunk[i]);
    }
  }

  public void take(byte b) {
    length++;
    boolean isBlank = b == ' ' || b == '\t';
    boolean isEncoded = ENCODED[b & 0xff] || b == '=' && isLong();
    if (isEncoded || isIndented && isBlank) {
      isIndented = b == '\n' || isIndented && isBlank;
    } else {
      isIndented = false;
      endRun();
    }
    if (cut < 0 && size >= limit && !makeRoom()) {
      isFull = true;
      return;
    }
    if (cut >= 0) {
      cut++;
      backslashes = b == '\\' ? backslashes + 1 : 0;
      return;
    }
    kept[size++] = b;
    if (!isEncoded && !isIndented) {
      begin = size;
    }
  }

  /** At its end base64 may have this sign; before it there is the name of a form's field. */
  private boolean isLong() {
    return cut >= 0 || size - begin >= SHORTEST;
  }

  private void endRun() {
    if (cut >= 0) {
      write(mark(cut - backslashes));
      for (int i = Math.min(backslashes, MOST_BACKSLASHES + backslashes % 2); i > 0; i--) {
        kept[size++] = '\\';
      }
    } else if (size - begin >= SHORTEST) {
      int end = size;
      while (end > begin && kept[end - 1] == '\\') {
        end--;
      }
      runs.add(new Run(begin, end));
      if (runs.size() > MOST_KEPT) {
        runs.remove(runs.stream().min(Comparator.comparingInt(Run::length)).orElseThrow());
      }
    }
    cut = -1;
    begin = size;
  }

  /** Cuts the longest one. */
  private boolean makeRoom() {
    Run largest = runs.stream().max(Comparator.comparingInt(Run::length)).orElse(null);
    int present = size - begin;
    if (present >= SHORTEST && (largest == null || present >= largest.length())) {
      cut = present;
      backslashes = 0;
      while (backslashes < present && kept[size - 1 - backslashes] == '\\') {
        backslashes++;
      }
      size = begin;
      return true;
    }
    if (largest == null || largest.length() < SHORTEST) {
      return false;
    }
    byte[] mark = mark(largest.length());
    int gone = largest.length() - mark.length;
    System.arraycopy(mark, 0, kept, largest.begin, mark.length);
    System.arraycopy(kept, largest.end, kept, largest.end - gone, size - largest.end);
    size -= gone;
    begin -= gone;
    for (Run later : runs.subList(runs.indexOf(largest) + 1, runs.size())) {
      later.begin -= gone;
      later.end -= gone;
    }
    runs.remove(largest);
    return true;
  }

  private void write(byte[] bytes) {
    System.arraycopy(bytes, 0, kept, size, bytes.length);
    size += bytes.length;
  }

  private static byte[] mark(long bytes) {
    return "%s%010d".formatted(CUT, bytes).getBytes(StandardCharsets.US_ASCII);
  }

  /** How many bytes came. */
  public long length() {
    return length;
  }

  /** Whether nothing that comes now can count. */
  public boolean isFull() {
    return isFull;
  }

  /** All that fits, after the text came whole; null if too much of it can not be cut. */
  public byte @Nullable [] whole() {
    endRun();
    return isFull ? null : Arrays.copyOf(kept, size);
  }
}
