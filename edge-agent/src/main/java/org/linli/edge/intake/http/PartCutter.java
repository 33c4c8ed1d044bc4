package org.linli.edge.intake.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Beginning;
import org.linli.edge.intake.Boundary;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.TextCutter;

/**
 * Makes a multipart body fit a limit while it comes in (decision 0055). Documents are kept whole;
 * pictures are kept as long as there is room, and make room for documents. A part that is not kept
 * has its headers and {@link Boundary#CUT}. For one thread.
 */
final class PartCutter {

  private static final int MOST_PARTS = 32;
  private static final int LONGEST_HEADERS = 8 << 10;

  /** What may stand on the line of a delimiter after it. */
  private static final String AFTER_DELIMITER = "- \t\r\n";

  private static final int LONGEST_AFTER = 64;

  /** For the headers of parts that are cut, and of those beyond the limit. */
  private static final int SLACK = MOST_PARTS * 64 + 1_024;

  /** May stand before a document: white space, and the mark of UTF-8. */
  private static final String BLANK = " \t\r\n\u00ef\u00bb\u00bf";

  private final int limit;
  private final Beginning beginning;
  private final byte[] one = new byte[1];
  private final byte[] delimiter;
  private final List<Part> parts = new ArrayList<>();
  private final byte[] line;
  private byte[] kept;
  private int size;
  private int inLine;
  private int inHeaderLine;
  private boolean mayBeDelimiter = true;
  private State state = State.PREAMBLE;

  /** Parts beyond the limit. */
  private int beyond;

  private enum State {
    PREAMBLE,
    HEADERS,
    BODY,
    /** Parts beyond the limit, which are only counted. */
    BEYOND,
    OVER
  }

  private static final class Part {
    private int headers;
    private int headersEnd;
    private int body;
    private int end;
    private boolean isDocument;
    private boolean isKnown;
    private boolean isPicture;
    private boolean isWhole;
    private long cut = -1;

    /** Cuts the pictures in a document for which there is no room. */
    private @Nullable TextCutter text;

    Part(int headers) {
      this.headers = headers;
    }
  }

  /**
   * @param come the beginning of the body, whose array becomes the cutter's own
   * @param limit of what is kept, in bytes
   * @param search for texts that are not kept
   */
  PartCutter(byte[] come, int length, int limit, String boundary, LifeSearch search) {
    this.limit = limit;
    beginning = new Beginning(search);
    beginning.keep(come, 0, length);
    String usual = "--" + boundary;
    boolean isUsual =
        !boundary.startsWith("--")
            || new String(come, 0, length, StandardCharsets.ISO_8859_1).contains(usual);
    delimiter = (isUsual ? usual : boundary).getBytes(StandardCharsets.ISO_8859_1);
    line = new byte[delimiter.length + LONGEST_AFTER];
    kept = Arrays.copyOf(come, Math.max(limit, length) + SLACK);
    // What is kept never overtakes what is read.
    take(kept, length);
  }

  /** Whether nothing that comes now can count. */
  boolean isOver() {
    return state == State.OVER;
  }

  /** Whether a document came whole, if only its delimiter is missing. */
  boolean hasDocument() {
    return parts.stream().anyMatch(part -> part.isDocument && part.isWhole) || isLastWhole();
  }

  private boolean isLastWhole() {
    if (state != State.BODY) {
      return false;
    }
    Part last = parts.getLast();
    return last.isDocument
        && last.cut < 0
        && last.text == null
        && WholeDocument.is(kept, last.body, size);
  }

  void take(byte[] chunk, int length) {
    int at = 0;
    while (at < length && state != State.OVER) {
      at = isThrownAway() ? throwAway(chunk, at, length) : at;
      if (at < length) {
        take(chunk[at]);
        at++;
      }
    }
  }

  /** Whether nothing counts but the end of the line. */
  private boolean isThrownAway() {
    return !mayBeDelimiter
        && (state == State.BEYOND
            || state == State.BODY && parts.getLast().isPicture && parts.getLast().cut >= 0);
  }

  private int throwAway(byte[] chunk, int from, int length) {
    int at = from;
    while (at < length && chunk[at] != '\n') {
      at++;
    }
    parts.getLast().cut += state == State.BODY ? at - from : 0;
    return at;
  }

  /** The sender has said all: a last part needs no delimiter after it. */
  void ended() {
    if (state == State.OVER) {
      return;
    }
    if (inLine >= delimiter.length) {
      delimiter();
    } else if (state == State.BODY && parts.getLast().cut < 0) {
      for (int i = 0; i < inLine; i++) {
        body(line[i]);
      }
      endPart();
    }
    state = State.OVER;
  }

  private void take(byte b) {
    if (mayBeDelimiter) {
      boolean fits =
          inLine < delimiter.length
              ? b == delimiter[inLine]
              : inLine < line.length && AFTER_DELIMITER.indexOf(b) >= 0;
      if (fits) {
        line[inLine++] = b;
        if (b == '\n' && inLine > delimiter.length) {
          delimiter();
        }
        return;
      }
      for (int i = 0; i < inLine; i++) {
        content(line[i]);
      }
      inLine = 0;
    }
    content(b);
    mayBeDelimiter = b == '\n';
  }

  private void delimiter() {
    endPart();
    for (int i = 0; i < inLine && state != State.BEYOND; i++) {
      keep(line[i]);
    }
    int after = delimiter.length;
    boolean isLast = inLine > after + 1 && line[after] == '-' && line[after + 1] == '-';
    inLine = 0;
    if (isLast || parts.size() == MOST_PARTS) {
      beyond += isLast ? 0 : 1;
      state = isLast ? State.OVER : State.BEYOND;
      return;
    }
    parts.add(new Part(size));
    inHeaderLine = 0;
    state = State.HEADERS;
  }

  private void content(byte b) {
    switch (state) {
      case HEADERS -> header(b);
      case BODY -> body(b);
      default -> {}
    }
  }

  private void header(byte b) {
    Part part = parts.getLast();
    int most = kept.length - SLACK / 2;
    boolean isFull = size >= most && !makeRoom() && size >= most;
    if (isFull || size - part.headers > LONGEST_HEADERS) {
      state = State.OVER;
      return;
    }
    if (b == '\n' && inHeaderLine == 0) {
      part.headersEnd = size > 0 && kept[size - 1] == '\r' ? size - 1 : size;
      keep(b);
      part.body = size;
      String said =
          new String(
                  kept, part.headers, part.headersEnd - part.headers, StandardCharsets.ISO_8859_1)
              .toLowerCase(Locale.ROOT);
      part.isDocument =
          said.lines()
              .filter(line -> line.startsWith("content-type:"))
              .anyMatch(line -> line.contains("xml") || line.contains("json"));
      part.isPicture = !part.isDocument && said.contains("image/");
      part.isKnown = part.isDocument || part.isPicture;
      state = State.BODY;
      return;
    }
    keep(b);
    inHeaderLine = b == '\n' ? 0 : b == '\r' ? inHeaderLine : inHeaderLine + 1;
  }

  private void body(byte b) {
    Part part = parts.getLast();
    if (!part.isKnown && BLANK.indexOf(b & 0xff) < 0) {
      part.isDocument = b == '<' || b == '{';
      part.isKnown = true;
    }
    TextCutter text = part.text;
    if (part.cut >= 0) {
      part.cut++;
      look(part, b);
    } else if (text != null) {
      overflow(part, text, b);
    } else if (size < limit || part.isDocument && makeRoom()) {
      keep(b);
    } else if (part.isDocument) {
      part.text = new TextCutter(Arrays.copyOfRange(kept, part.body, size), limit - part.body);
      overflow(part, part.text, b);
    } else {
      part.cut = size - part.body + 1L;
      if (!part.isPicture) {
        beginning.look(kept, part.body, size);
      }
      look(part, b);
      size = part.headersEnd;
    }
  }

  /** A document that is too large without its pictures is only looked through from there on. */
  private void overflow(Part part, TextCutter text, byte b) {
    text.take(b);
    if (text.isFull()) {
      text.lookThrough(beginning);
      part.text = null;
      part.cut = text.length();
      size = part.headersEnd;
      look(part, b);
    }
  }

  private void look(Part part, byte b) {
    if (!part.isPicture) {
      one[0] = b;
      beginning.look(one, 0, 1);
    }
  }

  /** Cuts the largest picture that was kept. */
  private boolean makeRoom() {
    Optional<Part> largest =
        parts.stream()
            .filter(part -> !part.isDocument && part.isWhole)
            .max(Comparator.comparingInt(part -> part.end - part.body));
    if (largest.isEmpty()) {
      return false;
    }
    Part part = largest.get();
    byte[] mark = mark(part.end - part.body);
    int gone = part.end - part.headersEnd - mark.length;
    if (gone <= 0) {
      return false;
    }
    System.arraycopy(mark, 0, kept, part.headersEnd, mark.length);
    System.arraycopy(kept, part.end, kept, part.headersEnd + mark.length, size - part.end);
    size -= gone;
    part.isWhole = false;
    part.cut = 0;
    for (Part later : parts.subList(parts.indexOf(part) + 1, parts.size())) {
      later.headers -= gone;
      later.headersEnd -= gone;
      later.body -= gone;
      later.end -= gone;
    }
    return size < limit;
  }

  private void endPart() {
    if (parts.isEmpty() || state != State.BODY) {
      return;
    }
    beginning.breakOff();
    Part part = parts.getLast();
    TextCutter text = part.text;
    if (text != null) {
      byte[] fits = text.whole();
      part.text = null;
      if (fits == null) {
        part.cut = text.length();
        size = part.headersEnd;
      } else {
        System.arraycopy(fits, 0, kept, part.body, fits.length);
        size = part.body + fits.length;
      }
    }
    if (part.cut >= 0) {
      keep(mark(part.cut));
    } else {
      part.end = size;
      part.isWhole = true;
    }
  }

  /** The end of the headers of a part that is cut, and the end of the line of its empty body. */
  private static byte[] mark(long bytes) {
    return (Boundary.CUT + ": " + bytes + "\r\n\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private void keep(byte b) {
    kept[size++] = b;
  }

  private void keep(byte[] bytes) {
    System.arraycopy(bytes, 0, kept, size, bytes.length);
    size += bytes.length;
  }

  private void end() {
    keep(delimiter);
    keep("--\n".getBytes(StandardCharsets.US_ASCII));
    state = State.OVER;
  }

  /** What is kept for a dead letter, if no document came whole. */
  byte[] beginning() {
    beginning.breakOff();
    beginning.look(kept, 0, size);
    return beginning.kept();
  }

  /** How much of the heap it takes. */
  int held() {
    boolean hasText = !parts.isEmpty() && parts.getLast().text != null;
    return kept.length + (hasText ? limit : 0);
  }

  /** What fits: an unfinished document is not in it. */
  byte[] body() {
    if (beyond > 0) {
      keep(
          (Boundary.CUT_PARTS + ": " + beyond + "\r\n\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      end();
      beyond = 0;
    }
    if (state == State.BODY) {
      boolean isWhole = isLastWhole();
      Part last = parts.getLast();
      last.text = null;
      if (isWhole) {
        keep((byte) '\n');
      } else if (last.cut < 0) {
        last.cut = size - last.body + (long) inLine;
        size = last.headersEnd;
      }
      endPart();
      end();
    }
    return Arrays.copyOf(kept, size);
  }
}
