package org.linli.hub.alert;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes ids that sort by time: 44 bits of milliseconds and 20 bits that count within one, as 13
 * characters of Crockford's base 32 in lower case. Each id is greater than the one before, even if
 * the clock was set back. Not safe for several threads; used within the writing transaction.
 */
@Component
final class AlertIds {

  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LENGTH = 13;
  private static final int BITS = 5;
  private static final int COUNTER_BITS = 20;

  private final Clock clock;
  private long last;

  AlertIds(Clock clock) {
    this.clock = clock;
  }

  String next() {
    last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
    char[] id = new char[LENGTH];
    long rest = last;
    for (int i = LENGTH - 1; i >= 0; i--) {
      id[i] = ALPHABET.charAt((int) (rest & ((1 << BITS) - 1)));
      rest >>>= BITS;
    }
    return new String(id);
  }

  /** Continues after the greatest id that is in use; null if there is none. */
  void continueAfter(@Nullable String greatest) {
    if (greatest != null) {
      long value = 0;
      for (char c : greatest.toCharArray()) {
        value = value << BITS | ALPHABET.indexOf(c);
      }
      last = Math.max(last, value);
    }
  }
}
