package org.linli.edge.profile.mapping;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.Sha256;

/**
 * Names the known states of a mapping's rules by what decides what they mean. So a rule that
 * somebody mends is not judged by what the gateway knew through the former one, and another order
 * of the rules changes nothing (decision 0057).
 */
final class RuleSignals {

  /** In hexadecimal digits; nobody gains by rules that collide. */
  private static final int MARK = 16;

  private final String ofAll;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param ofAll what all rules of the mapping depend on; null for what it does not say
   */
  RuleSignals(@Nullable Object... ofAll) {
    this.ofAll = joined(ofAll);
  }

  /** The name for the next rule. */
  String of(EventType type, @Nullable Expression when, @Nullable Expression change) {
    String meaning = joined(ofAll, when, change);
    String signal = type + "/" + Sha256.hexOf(meaning).substring(0, MARK);
    int same = 1;
    while (!taken.add(same == 1 ? signal : signal + "." + same)) {
      same++;
    }
    return same == 1 ? signal : signal + "." + same;
  }

  private static String joined(@Nullable Object... parts) {
    return Stream.of(parts).map(String::valueOf).collect(Collectors.joining("\n"));
  }
}
