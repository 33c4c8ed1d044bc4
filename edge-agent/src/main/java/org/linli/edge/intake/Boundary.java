package org.linli.edge.intake;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The boundary between the parts of a multipart message (RFC 2046 section 5.1.1). */
public final class Boundary {

  /** Longest that the standard allows. */
  public static final int LONGEST = 70;

  /**
   * The header that the HTTP door adds to a part whose body it did not keep: how many bytes it had.
   */
  public static final String CUT = "linli-cut";

  /** The only header of a part that stands for others: how many there were beyond the limit. */
  public static final String CUT_PARTS = "linli-cut-parts";

  private static final Pattern PARAMETER =
      Pattern.compile(
          ";\\s*boundary\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  private Boundary() {}

  /** Whether a content type is a multipart type. */
  public static boolean isExpected(String contentType) {
    return contentType.strip().regionMatches(true, 0, "multipart/", 0, "multipart/".length());
  }

  /**
   * The boundary in the first line of a body, without its two hyphens; empty if the body does not
   * begin with one. Cameras name another one in the content type, or none.
   */
  public static Optional<String> atBeginningOf(byte[] body) {
    int start = 0;
    while (start < body.length && (body[start] == '\r' || body[start] == '\n')) {
      start++;
    }
    int end = start;
    while (end < body.length && end - start <= LONGEST + 2 && body[end] > ' ') {
      end++;
    }
    boolean isLine = end < body.length && (body[end] == '\r' || body[end] == '\n');
    String line = new String(body, start, end - start, StandardCharsets.ISO_8859_1);
    return isLine && line.startsWith("--") && line.length() > 2
        ? Optional.of(line.substring(2))
        : Optional.empty();
  }

  /** What the content type names; empty if it names none. */
  public static Optional<String> of(String contentType) {
    Matcher matcher = PARAMETER.matcher(contentType);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String quoted = matcher.group(1);
    return Optional.of(quoted == null ? matcher.group(2) : quoted);
  }
}
