package org.linli.edge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request that says what it has to say in its address: {@code GET /alarm?smoke=1}. Nothing reads
 * that, but it is kept as a dead letter. What may be a password is masked.
 */
final class RequestLine {

  private static final Pattern CREDENTIAL =
      Pattern.compile("pass|pwd|secret|token|auth|cred|sign|session|login|user|key$|^(sid|pin)$");

  private static final String MASKED = "***";

  private RequestLine() {}

  /** Without credentials. */
  static String of(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getMethod()
        + " "
        + request.getRequestURI()
        + (query == null ? "" : "?" + masked(query));
  }

  /** Whether the query holds something. */
  static boolean hasQuery(HttpServletRequest request) {
    String query = request.getQueryString();
    return query != null && !query.isBlank();
  }

  private static String masked(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(RequestLine::maskedField)
        .collect(Collectors.joining("&"));
  }

  /** A name that is escaped may be anything. */
  private static String maskedField(String field) {
    int equals = field.indexOf('=');
    if (equals < 0) {
      return field;
    }
    String name = field.substring(0, equals).toLowerCase(Locale.ROOT);
    return CREDENTIAL.matcher(name).find() || name.indexOf('%') >= 0
        ? field.substring(0, equals + 1) + MASKED
        : field;
  }
}
