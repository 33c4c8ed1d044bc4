package org.linli.edge.profile.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions for mappings, in RE2's syntax, whose matching takes time in proportion to the
 * text: {@code $matches(text, pattern)} says whether the pattern occurs, {@code $capture(text,
 * pattern)} returns the groups of its first occurrence, or nothing.
 */
final class LinearMatching {

  private static final int MOST_PATTERNS = 256;
  private static final long LARGEST_PATTERN = 10_000;

  private final Map<String, Pattern> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
          return size() > MOST_PATTERNS;
        }
      };

  final JFunction matches = Jsonata.function("matches", this::matches, "<s-s:b>");
  final JFunction capture = Jsonata.function("capture", this::capture, "<s-s:a>");

  private @Nullable Boolean matches(@Nullable String text, String pattern) {
    return text == null ? null : matcher(text, pattern).find();
  }

  private @Nullable List<@Nullable String> capture(@Nullable String text, String pattern) {
    if (text == null) {
      return null;
    }
    Matcher matcher = matcher(text, pattern);
    if (!matcher.find()) {
      return null;
    }
    List<@Nullable String> groups = new ArrayList<>();
    for (int group = 1; group <= matcher.groupCount(); group++) {
      groups.add(matcher.group(group));
    }
    return groups;
  }

  private synchronized Matcher matcher(String text, String pattern) {
    return compiled.computeIfAbsent(pattern, LinearMatching::compile).matcher(text);
  }

  private static Pattern compile(String pattern) {
    if (PatternSize.of(pattern) > LARGEST_PATTERN) {
      throw Bounds.exceeded(
          "the pattern is larger than "
              + LARGEST_PATTERN
              + " signs with its repetitions written out");
    }
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException broken) {
      throw new JException(
          broken, "the pattern " + pattern + " is none: " + broken.getMessage(), -1, null, null);
    }
  }
}
