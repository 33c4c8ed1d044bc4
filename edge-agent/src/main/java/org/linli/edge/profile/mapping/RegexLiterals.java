package org.linli.edge.profile.mapping;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds regular expressions in the text of a JSONata expression. JSONata's own run on an engine
 * that a message can keep busy for ever, and no time limit can interrupt it. {@link LinearMatching}
 * does the same in linear time.
 */
final class RegexLiterals {

  private static final Set<String> BEFORE_OPERAND = Set.of("and", "or", "in");

  private RegexLiterals() {}

  /** The position of the first one: a slash where an operand may be. */
  static OptionalInt first(String expression) {
    boolean operandBefore = false;
    int at = 0;
    while (at < expression.length()) {
      char c = expression.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (expression.startsWith("/*", at)) {
        int end = expression.indexOf("*/", at + 2);
        at = end < 0 ? expression.length() : end + 2;
      } else if (c == '/' && !operandBefore) {
        return OptionalInt.of(at);
      } else if (c == '"' || c == '\'' || c == '`') {
        at = afterQuoted(expression, at);
        operandBefore = true;
      } else if (isNamePart(c)) {
        int end = at;
        while (end < expression.length() && isNamePart(expression.charAt(end))) {
          end++;
        }
        operandBefore =
            !BEFORE_OPERAND.contains(expression.substring(at, end).toLowerCase(Locale.ROOT));
        at = end;
      } else {
        operandBefore = c == ')' || c == ']' || c == '}';
        at++;
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private static int afterQuoted(String expression, int start) {
    char quote = expression.charAt(start);
    int at = start + 1;
    while (at < expression.length() && expression.charAt(at) != quote) {
      at += expression.charAt(at) == '\\' && quote != '`' ? 2 : 1;
    }
    return Math.min(at + 1, expression.length());
  }
}
