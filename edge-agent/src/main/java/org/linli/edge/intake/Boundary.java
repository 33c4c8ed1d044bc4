package org.linli.edge.intake;

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

  private static final Pattern PARAMETER =
      Pattern.compile(
          ";\\s*boundary\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  private Boundary() {}

  /** Whether a content type is a multipart type. */
  public static boolean isExpected(String contentType) {
    return contentType.strip().regionMatches(true, 0, "multipart/", 0, "multipart/".length());
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
