package org.linli.edge.profile;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The order in which what one message says of several times is judged: some devices send what they
 * kept with the newest first.
 */
public final class TimeOrder {

  private TimeOrder() {}

  /**
   * The same, oldest first. What is of one time stays in its order.
   *
   * @param time of one of them
   */
  public static <T> List<T> sorted(List<T> said, Function<T, Instant> time) {
    return said.size() < 2 ? said : said.stream().sorted(Comparator.comparing(time)).toList();
  }
}
