package org.linli.edge.intake.broker;

import java.util.List;
import org.linli.event.Kind;

/**
 * Which topic filters (MQTT 5 section 4.7) an agent may subscribe to: what it can read, which is
 * {@code linli/{kind}/{deviceId}}, and never its own or another gateway's uplink, whose topics have
 * more levels. No two may overlap, because a broker may then send a message twice.
 */
final class TopicFilters {

  private static final String ANY = "+";
  private static final int LEVELS = 3;
  private static final int LONGEST = 65_535;

  private TopicFilters() {}

  /**
   * @throws IllegalArgumentException naming the setting and what is wrong with it
   */
  static List<String> checked(List<String> filters) {
    if (filters.isEmpty()) {
      throw bad("is empty; the default is linli/+/+");
    }
    filters.forEach(TopicFilters::check);
    for (int i = 0; i < filters.size(); i++) {
      for (int j = i + 1; j < filters.size(); j++) {
        if (overlap(filters.get(i), filters.get(j))) {
          throw bad(
              "has '%s' and '%s', and a broker may send what fits both twice; leave one out"
                  .formatted(filters.get(i), filters.get(j)));
        }
      }
    }
    return List.copyOf(filters);
  }

  private static void check(String filter) {
    String[] levels = filter.split("/", -1);
    if (levels.length != LEVELS || !levels[0].equals("linli") || filter.length() > LONGEST) {
      throw bad("has '" + filter + "'; write linli/{kind}/{deviceId}, with + for any of them");
    }
    if (!levels[1].equals(ANY) && Kind.ofWireName(levels[1]).isEmpty()) {
      throw bad("has '" + filter + "', and '" + levels[1] + "' is no kind; + stands for any");
    }
    String device = levels[2];
    if (!device.equals(ANY)
        && (device.isEmpty()
            || device.chars().anyMatch(c -> c == '+' || c == '#' || Character.isISOControl(c)))) {
      throw bad("has '" + filter + "'; + stands for a whole device id, and # for nothing here");
    }
  }

  private static boolean overlap(String one, String other) {
    String[] left = one.split("/", -1);
    String[] right = other.split("/", -1);
    for (int i = 0; i < LEVELS; i++) {
      if (!left[i].equals(right[i]) && !left[i].equals(ANY) && !right[i].equals(ANY)) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("linli.broker.topics " + what);
  }
}
