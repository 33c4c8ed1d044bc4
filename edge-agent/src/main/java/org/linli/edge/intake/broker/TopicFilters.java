package org.linli.edge.intake.broker;

import java.util.List;
import org.linli.edge.intake.TopicFilter;
import org.linli.event.Kind;

/**
 * Checks which topic filters (MQTT 5 section 4.7) an agent may subscribe to: {@code
 * linli/{kind}/{deviceId}} and what its profiles read, but never its own or another gateway's
 * uplink. No two may overlap, because a broker may then send a message twice.
 */
final class TopicFilters {

  private static final String ANY = "+";
  private static final int LEVELS = 3;

  private TopicFilters() {}

  /**
   * @throws IllegalArgumentException naming the setting and what is wrong with it
   */
  static List<String> checked(List<String> filters) {
    if (filters.isEmpty()) {
      throw bad("is empty; the default is linli/+/+");
    }
    filters.forEach(TopicFilters::check);
    apart(filters);
    return List.copyOf(filters);
  }

  /**
   * @throws IllegalArgumentException if two of them overlap
   */
  static void apart(List<String> filters) {
    for (int i = 0; i < filters.size(); i++) {
      for (int j = i + 1; j < filters.size(); j++) {
        if (new TopicFilter(filters.get(i)).overlaps(new TopicFilter(filters.get(j)))) {
          throw bad(
              "has '%s' and '%s', and a broker may send what fits both twice; leave one out"
                  .formatted(filters.get(i), filters.get(j)));
        }
      }
    }
  }

  private static void check(String filter) {
    try {
      if (!new TopicFilter(filter).overlaps(new TopicFilter("linli/#"))) {
        return;
      }
    } catch (IllegalArgumentException broken) {
      throw bad("has '" + filter + "'; " + broken.getMessage());
    }
    String[] levels = filter.split("/", -1);
    if (levels.length != LEVELS || !levels[0].equals("linli")) {
      throw bad("has '" + filter + "'; write linli/{kind}/{deviceId}, with + for any of them");
    }
    if (!levels[1].equals(ANY) && Kind.ofWireName(levels[1]).isEmpty()) {
      throw bad("has '" + filter + "', and '" + levels[1] + "' is no kind; + stands for any");
    }
    String device = levels[2];
    if (!device.equals(ANY)
        && (device.isEmpty()
            || device.equals("#")
            || device.chars().anyMatch(Character::isISOControl))) {
      throw bad("has '" + filter + "'; + stands for a whole device id, and # for nothing here");
    }
  }

  private static IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("linli.broker.topics " + what);
  }
}
