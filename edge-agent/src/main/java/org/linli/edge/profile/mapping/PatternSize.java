package org.linli.edge.profile.mapping;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates the size of a regular expression with its repetitions written out, as RE2 compiles it:
 * {@code ((a{1000}){1000}){1000}} would have a thousand million states. An invalid regular
 * expression gets some number; the compiler refuses it later.
 */
final class PatternSize {

  private static final long MOST = 1L << 40;

  private final String pattern;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long size;

  /** Size of the last element, which a repetition would repeat. */
  private long last;

  private int at;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  /** The size, up to some large number. */
  static long of(String pattern) {
    return new PatternSize(pattern).whole();
  }

  private long whole() {
    while (at < pattern.length()) {
      switch (pattern.charAt(at)) {
        case '(' -> {
          outer.push(size);
          size = 0;
          at++;
        }
        case ')' -> {
          long group = size + 1;
          size = outer.isEmpty() ? 0 : outer.pop();
          at++;
          add(group);
        }
        case '{' -> repeated();
        case '[' -> {
          at = Math.max(at, pattern.indexOf(']', Math.min(at + 2, pattern.length()))) + 1;
          add(1);
        }
        case '\\' -> {
          at += 2;
          add(1);
        }
        default -> {
          at++;
          add(1);
        }
      }
    }
    while (!outer.isEmpty()) {
      size += outer.pop();
    }
    return size;
  }

  private void add(long one) {
    last = one;
    size = Math.min(MOST, size + one);
  }

  /** Reads {@code {3}}, {@code {3,}} and {@code {3,5}}; any other brace is a literal. */
  private void repeated() {
    int end = pattern.indexOf('}', at);
    long most = 0;
    long number = 0;
    for (int i = at + 1; i < end; i++) {
      char c = pattern.charAt(i);
      if (c >= '0' && c <= '9') {
        number = Math.min(MOST, number * 10 + (c - '0'));
        most = Math.max(most, number);
      } else if (c == ',') {
        number = 0;
      } else {
        end = -1;
      }
    }
    if (end < 0) {
      at++;
      add(1);
      return;
    }
    at = end + 1;
    size = Math.min(MOST, size + Math.min(MOST, last) * Math.min(1_000_000, Math.max(0, most - 1)));
    last = Math.min(MOST, last * Math.min(1_000_000, Math.max(1, most)));
  }
}
