package org.linli.edge.profile.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Boundary;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/**
 * Reads a multipart message (RFC 2046 section 5.1), in which cameras send an event with its
 * pictures. It also accepts their deviations from the RFC: lines that end with LF alone, no closing
 * boundary, a boundary that already has its two hyphens, {@code Content-Length} in a part, and a
 * content type that names another boundary, or another type.
 */
public final class Multipart {

  private static final int MOST_PARTS = 32;
  private static final int MOST_HEADERS = 32;
  private static final int LONGEST_HEADER = 1_024;

  private final byte[] bytes;
  private final byte[] delimiter;
  private final List<Part> parts = new ArrayList<>();
  private int at;

  /**
   * One part.
   *
   * @param headers by name in lower case
   */
  public record Part(Map<String, String> headers, byte[] body) {

    /** Whether the door did not keep the body, because there was no room for it. */
    public boolean isCut() {
      return headers.containsKey(Boundary.CUT);
    }

    /** Whether it is the field of that name. */
    public boolean isNamed(String name) {
      return Pattern.compile(
              ";\\s*name\\s*=\\s*\"?" + Pattern.quote(name) + "\"?\\s*(?:;|$)",
              Pattern.CASE_INSENSITIVE)
          .matcher(headers.getOrDefault("content-disposition", ""))
          .find();
    }

    /** The media type in lower case without its parameters; empty if none is given. */
    public String mediaType() {
      String said = headers.getOrDefault("content-type", "");
      int end = said.indexOf(';');
      return (end < 0 ? said : said.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
  }

  private Multipart(byte[] bytes, byte[] delimiter) {
    this.bytes = bytes;
    this.delimiter = delimiter;
  }

  /** Whether a message is one by its content type, or because its body begins with a boundary. */
  public static boolean is(String contentType, byte[] body) {
    return Boundary.isExpected(contentType) || Boundary.atBeginningOf(body).isPresent();
  }

  /**
   * @param contentType with the boundary
   * @return the parts in order, at least one
   * @throws Unreadable naming the limit or rule that is broken
   */
  public static List<Part> read(String contentType, byte[] body) throws Unreadable {
    return read(contentType, body, null);
  }

  /**
   * As above, but a defect after the first part only ends the reading: it is given to {@code
   * beside}, and the parts before it count.
   */
  public static List<Part> read(
      String contentType, byte[] body, @Nullable Consumer<Unreadable> beside) throws Unreadable {
    if (isDocumentAlone(body)) {
      return List.of(new Part(Map.of(), body));
    }
    Multipart whole = new Multipart(body, delimiter(contentType, body));
    whole.at = whole.delimiterFrom(0);
    try {
      whole.readParts();
    } catch (Unreadable broken) {
      if (beside == null || whole.parts.isEmpty()) {
        throw broken;
      }
      beside.accept(broken);
    }
    return List.copyOf(whole.parts);
  }

  /** Whether a body is XML or JSON without parts, although its content type announces some. */
  private static boolean isDocumentAlone(byte[] body) {
    int start = 0;
    while (start < body.length && body[start] <= ' ' && body[start] >= 0) {
      start++;
    }
    return start < body.length && (body[start] == '<' || body[start] == '{');
  }

  /** The line between the parts: the one that the content type names, if it is in the body. */
  private static byte[] delimiter(String contentType, byte[] body) throws Unreadable {
    Optional<String> named =
        Boundary.of(contentType)
            .filter(boundary -> !boundary.isEmpty() && boundary.length() <= Boundary.LONGEST);
    List<String> possible = new ArrayList<>();
    named.ifPresent(boundary -> possible.add("--" + boundary));
    named.filter(boundary -> boundary.startsWith("--")).ifPresent(possible::add);
    Boundary.atBeginningOf(body).ifPresent(boundary -> possible.add("--" + boundary));
    for (String line : possible) {
      byte[] delimiter = ascii(line);
      if (new Multipart(body, delimiter).delimiterFrom(0) >= 0) {
        return delimiter;
      }
    }
    String boundary = boundary(contentType);
    throw new Unreadable(
        RefusalReason.BAD_FIELD,
        "body: the boundary " + boundary + " that the content type names is not in it");
  }

  /**
   * The part of a form with that field name (RFC 7578 section 4.2), or else the first that is no
   * picture.
   *
   * @throws Unreadable if there is none
   */
  public static Part named(String name, List<Part> parts) throws Unreadable {
    return parts.stream()
        .filter(part -> part.isNamed(name))
        .findFirst()
        .or(() -> parts.stream().filter(part -> !part.mediaType().startsWith("image/")).findFirst())
        .orElseThrow(
            () ->
                new Unreadable(
                    RefusalReason.MISSING_FIELD, "part " + name + ": is not in the message"));
  }

  /**
   * The boundary that a content type names.
   *
   * @throws Unreadable if it names none, or one that RFC 2046 does not allow
   */
  public static String boundary(String contentType) throws Unreadable {
    String boundary =
        Boundary.of(contentType)
            .orElseThrow(
                () ->
                    new Unreadable(
                        RefusalReason.MISSING_FIELD,
                        "content type: has no boundary, such as multipart/form-data; boundary=x"));
    if (boundary.isEmpty() || boundary.length() > Boundary.LONGEST) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD,
          "content type: its boundary must have 1 to " + Boundary.LONGEST + " characters");
    }
    return boundary;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void readParts() throws Unreadable {
    while (at < bytes.length && !isClosing(at)) {
      int delimiterAt = at;
      at = lineEnd(at);
      if (at >= bytes.length) {
        break;
      }
      if (parts.size() == MOST_PARTS) {
        throw new Unreadable(
            RefusalReason.TOO_LARGE,
            "a message may have at most %d parts; %s more are not read"
                .formatted(MOST_PARTS, moreParts(delimiterAt)));
      }
      Map<String, String> headers = headers();
      int start = at;
      int end = end(start, headers.get("content-length"));
      parts.add(new Part(Map.copyOf(headers), Arrays.copyOfRange(bytes, start, end)));
    }
    if (parts.isEmpty()) {
      throw new Unreadable(RefusalReason.NOTHING_IN_IT, "the message has no parts");
    }
  }

  /** How many parts begin there, also of those that the door did not keep. */
  private String moreParts(int from) throws Unreadable {
    String cut = headers().get(Boundary.CUT_PARTS);
    if (cut != null) {
      return cut;
    }
    int more = 0;
    for (int next = from; next >= 0 && !isClosing(next); next = delimiterFrom(lineEnd(next))) {
      more += lineEnd(next) < bytes.length ? 1 : 0;
    }
    return Integer.toString(more);
  }

  /** The end of the body; {@link #at} is then at the next delimiter or at the end. */
  private int end(int start, @Nullable String declared) {
    int byLength = declaredEnd(start, declared);
    if (byLength >= 0) {
      int next = byLength;
      while (next < bytes.length && (bytes[next] == '\r' || bytes[next] == '\n')) {
        next++;
      }
      if (next == bytes.length || isDelimiter(next)) {
        at = next;
        return byLength;
      }
    }
    int next = delimiterFrom(start);
    if (next < 0) {
      at = bytes.length;
      return bytes.length;
    }
    at = next;
    int end = next > start && bytes[next - 1] == '\n' ? next - 1 : next;
    return end > start && bytes[end - 1] == '\r' ? end - 1 : end;
  }

  private int declaredEnd(int start, @Nullable String declared) {
    if (declared == null || !declared.matches("[0-9]{1,9}")) {
      return -1;
    }
    int length = Integer.parseInt(declared);
    return length > bytes.length - start ? -1 : start + length;
  }

  private Map<String, String> headers() throws Unreadable {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int lines = 0; at < bytes.length; lines++) {
      int start = at;
      int next = lineEnd(start);
      String line =
          new String(
                  bytes, start, Math.min(next - start, LONGEST_HEADER), StandardCharsets.ISO_8859_1)
              .stripTrailing();
      if (!line.isEmpty() && isDelimiter(start)) {
        return headers;
      }
      at = next;
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon <= 0 || next - start > LONGEST_HEADER || lines == MOST_HEADERS) {
        throw new Unreadable(
            RefusalReason.BAD_FIELD,
            "part %d: its header must be at most %d lines of a name, a colon and a value, each of at most %d bytes, and end with an empty line"
                .formatted(parts.size() + 1, MOST_HEADERS, LONGEST_HEADER));
      }
      headers.putIfAbsent(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }

  /** The position after the end of the line that contains {@code from}. */
  private int lineEnd(int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, bytes.length);
  }

  /** The first delimiter at the beginning of a line, or -1. */
  private int delimiterFrom(int from) {
    int line = from;
    while (line < bytes.length) {
      if (isDelimiter(line)) {
        return line;
      }
      line = lineEnd(line);
    }
    return -1;
  }

  private boolean isDelimiter(int position) {
    int end = position + delimiter.length;
    if (end > bytes.length
        || !Arrays.equals(bytes, position, end, delimiter, 0, delimiter.length)) {
      return false;
    }
    int after = end;
    if (isClosing(position)) {
      after += 2;
    }
    while (after < bytes.length && (bytes[after] == ' ' || bytes[after] == '\t')) {
      after++;
    }
    return after == bytes.length || bytes[after] == '\r' || bytes[after] == '\n';
  }

  private boolean isClosing(int position) {
    int end = position + delimiter.length;
    return end + 1 < bytes.length && bytes[end] == '-' && bytes[end + 1] == '-';
  }
}
