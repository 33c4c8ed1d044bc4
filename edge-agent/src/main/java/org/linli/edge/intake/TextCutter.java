package org.linli.edge.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a text fit a limit while it comes in, whether it is JSON, XML or a form: pictures in base64
 * (RFC 4648) are cut, also in lines, in pieces and escaped, and so is any other text as long and
 * without a space or a sign, and bytes that are written as numbers. Where one stood there is {@link
 * #CUT} and how many bytes it had, or 0 for numbers, so that the rest can be read ({@link
 * PictureSyntax} says what belongs to one). Nothing is cut of a text that fits. For one thread.
 */
public final class TextCutter {

  /** Stands for what is cut, before the number of its bytes in ten digits. It is base64 itself. */
  public static final String CUT = "linli-cut-";

  private static final int DIGITS = 10;

  /** Of the mark, and of the header of a part that is cut ({@link Boundary#CUT}). */
  private static final String SIGN = "linli-cut";

  /** Whether something was cut out of a text. */
  public static boolean isCut(String text) {
    for (int at = text.indexOf(CUT); at >= 0; at = text.indexOf(CUT, at + 1)) {
      int from = at + CUT.length();
      if (from + DIGITS <= text.length()
          && text.substring(from, from + DIGITS).chars().allMatch(Character::isDigit)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A message of which nothing was cut: what its sender wrote like a mark is none. The same array
   * if there is nothing of the sort.
   */
  public static byte[] withoutMarks(byte[] whole) {
    int first = sign(whole, 0);
    byte[] without = first < 0 ? whole : whole.clone();
    for (int at = first; at >= 0; at = sign(whole, at + SIGN.length())) {
      without[at + SIGN.indexOf('-')] = '_';
    }
    return without;
  }

  /** Where it stands, in letters of any case; -1 for nowhere. */
  private static int sign(byte[] text, int from) {
    for (int at = from; at + SIGN.length() <= text.length; at++) {
      int same = 0;
      while (same < SIGN.length() && Character.toLowerCase(text[at + same]) == SIGN.charAt(same)) {
        same++;
      }
      if (same == SIGN.length()) {
        return at;
      }
    }
    return -1;
  }

  /** Nothing shorter is cut: no name and no number is so long. */
  private static final int SHORTEST = 1 << 10;

  private static final int MOST_KEPT = 32;

  /** Hyphens at its end may end a comment of XML. */
  private static final int MOST_HYPHENS = 2;

  private static final byte[] OF_NUMBERS = {'0'};

  private final int limit;
  private final PictureSyntax syntax = new PictureSyntax(new Present());
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

  /** Hyphens at the end of the present one, if it is cut. */
  private int hyphens;

  private static final class Run {
    private int begin;
    private int end;
    private final boolean hasNumbers;

    Run(int begin, int end, boolean hasNumbers) {
      this.begin = begin;
      this.end = end;
      this.hasNumbers = hasNumbers;
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
    syntax.next(b);
  }

  /** The present picture, as its bytes come. */
  private final class Present implements PictureTarget {

    @Override
    public long present() {
      return cut >= 0 ? cut : size - begin;
    }

    @Override
    public boolean isLong() {
      return cut >= 0 || size - begin >= SHORTEST;
    }

    @Override
    public boolean isCut() {
      return cut >= 0;
    }

    @Override
    public void belongs(byte b) {
      if (hasRoom()) {
        if (cut >= 0) {
          cut++;
          hyphens = b == '-' ? hyphens + 1 : 0;
        } else {
          kept[size++] = b;
        }
      }
    }

    @Override
    public void stands(byte b) {
      if (hasRoom()) {
        kept[size++] = b;
        begin = size;
      }
    }

    @Override
    public void ends(boolean hasNumbers) {
      if (cut >= 0) {
        int back = Math.min(hyphens, MOST_HYPHENS);
        write(mark(cut - back, hasNumbers));
        for (int i = 0; i < back; i++) {
          kept[size++] = '-';
        }
      } else if (size - begin >= SHORTEST) {
        int end = size;
        while (size - end < MOST_HYPHENS && kept[end - 1] == '-') {
          end--;
        }
        runs.add(new Run(begin, end, hasNumbers));
        if (runs.size() > MOST_KEPT) {
          runs.remove(runs.stream().min(Comparator.comparingInt(Run::length)).orElseThrow());
        }
      }
      cut = -1;
      begin = size;
    }
  }

  /** Whether the next byte is kept or cut; there is no room for it otherwise. */
  private boolean hasRoom() {
    isFull |= cut < 0 && size >= limit && !makeRoom();
    return !isFull;
  }

  /** Cuts the longest one. */
  private boolean makeRoom() {
    Run largest = runs.stream().max(Comparator.comparingInt(Run::length)).orElse(null);
    int present = size - begin;
    if (present >= SHORTEST && (largest == null || present >= largest.length())) {
      cut = present;
      hyphens = 0;
      while (hyphens < MOST_HYPHENS && kept[size - 1 - hyphens] == '-') {
        hyphens++;
      }
      size = begin;
      return true;
    }
    if (largest == null) {
      return false;
    }
    byte[] mark = mark(largest.length(), largest.hasNumbers);
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

  private static byte[] mark(long bytes, boolean hasNumbers) {
    return hasNumbers
        ? OF_NUMBERS
        : "%s%010d".formatted(CUT, bytes).getBytes(StandardCharsets.US_ASCII);
  }

  /** How many bytes came. */
  public long length() {
    return length;
  }

  /** Whether nothing that comes now can count. */
  public boolean isFull() {
    return isFull;
  }

  /** Looks for words in what is kept, after it is full. */
  public void lookThrough(Beginning beginning) {
    beginning.look(kept, 0, size);
    syntax.lookThrough(beginning);
    beginning.breakOff();
  }

  /** All that fits, after the text came whole; null if too much of it can not be cut. */
  public byte @Nullable [] whole() {
    syntax.end();
    return isFull ? null : Arrays.copyOf(kept, size);
  }
}
