package org.linli.edge.profile.tasmota;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.linli.edge.intake.TopicFilter;

/**
 * The structure of a device's topics (Tasmota's documentation, "MQTT", FullTopic): levels of which
 * one is {@code %prefix%} and one {@code %topic%}, in either order. Additional levels at the place
 * of the topic become part of the device's name.
 */
final class FullTopic {

  /** The values of {@code %prefix%}. */
  private static final List<String> PREFIXES = List.of("tele", "stat", "cmnd");

  private static final String PREFIX = "%prefix%";
  private static final String TOPIC = "%topic%";

  private final List<String> before;
  private final List<String> between;
  private final boolean prefixFirst;

  /**
   * @param before levels before the first of both
   * @param between levels between them, or after {@code %prefix%} where that is the last
   */
  private FullTopic(List<String> before, List<String> between, boolean prefixFirst) {
    this.before = before;
    this.between = between;
    this.prefixFirst = prefixFirst;
  }

  /**
   * The parts of a topic.
   *
   * @param prefix {@code tele}, {@code stat} or {@code cmnd}
   * @param name of the device
   * @param what the rest: {@code SENSOR}
   */
  record Parts(String prefix, String name, String what) {}

  /**
   * @param key the setting that they come from, for the error message
   * @throws IllegalArgumentException naming the setting and the rule
   */
  static List<FullTopic> all(String key, List<String> texts) {
    List<FullTopic> all = new ArrayList<>();
    for (String text : texts) {
      FullTopic added = of(key, text);
      for (FullTopic other : all) {
        if (added.overlaps(other)) {
          throw new IllegalArgumentException(
              key + " has '" + text + "', which another one of them reads too");
        }
      }
      all.add(added);
    }
    return all;
  }

  private static FullTopic of(String key, String text) {
    List<String> levels = new ArrayList<>(Arrays.asList(text.split("/", -1)));
    if (levels.getLast().isEmpty()) {
      levels.removeLast();
    }
    boolean broken =
        levels.stream().filter(PREFIX::equals).count() != 1
            || levels.stream().filter(TOPIC::equals).count() != 1
            || levels.stream()
                .filter(level -> !level.equals(PREFIX) && !level.equals(TOPIC))
                .anyMatch(FullTopic::isNoLevel);
    int prefix = levels.indexOf(PREFIX);
    int topic = levels.indexOf(TOPIC);
    if (broken || Math.max(prefix, topic) != levels.size() - 1) {
      throw new IllegalArgumentException(
          "%s has '%s': write it as FullTopic stands in the device, with %%prefix%% and %%topic%% as levels of their own, one of them the last"
              .formatted(key, text));
    }
    int first = Math.min(prefix, topic);
    return new FullTopic(
        List.copyOf(levels.subList(0, first)),
        List.copyOf(levels.subList(first + 1, levels.size() - 1)),
        prefix < topic);
  }

  private static boolean isNoLevel(String level) {
    return level.isEmpty() || level.indexOf('%') >= 0 || !level.matches("[^+#\\x00]+");
  }

  /** The topic filters, as few as possible. */
  List<String> filters() {
    if (prefixFirst) {
      return PREFIXES.stream().map(word -> joined(before, word, between)).toList();
    }
    return before.isEmpty()
        ? PREFIXES.stream().map(word -> joined(List.of("+"), between, word)).toList()
        : List.of(joined(before));
  }

  private static String joined(Object... parts) {
    List<String> levels = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof List<?> several) {
        several.forEach(level -> levels.add(String.valueOf(level)));
      } else {
        levels.add(String.valueOf(part));
      }
    }
    return String.join("/", levels) + "/#";
  }

  private boolean overlaps(FullTopic other) {
    return filters().stream()
        .map(TopicFilter::new)
        .anyMatch(
            filter -> other.filters().stream().map(TopicFilter::new).anyMatch(filter::overlaps));
  }

  /** Empty if the topic does not have this structure. */
  Optional<Parts> parts(String[] levels) {
    List<String> all = Arrays.asList(levels);
    if (!startsWith(all, before)) {
      return Optional.empty();
    }
    List<String> rest = all.subList(before.size(), all.size());
    return prefixFirst ? prefixFirst(rest) : topicFirst(rest);
  }

  private Optional<Parts> prefixFirst(List<String> rest) {
    int name = 1 + between.size();
    if (rest.size() < name + 2
        || !PREFIXES.contains(rest.getFirst())
        || !startsWith(rest.subList(1, rest.size()), between)) {
      return Optional.empty();
    }
    return Optional.of(
        new Parts(
            rest.getFirst(),
            String.join("/", rest.subList(name, rest.size() - 1)),
            rest.getLast()));
  }

  private Optional<Parts> topicFirst(List<String> rest) {
    for (int at = 1 + between.size(); at < rest.size() - 1; at++) {
      if (PREFIXES.contains(rest.get(at))
          && rest.subList(at - between.size(), at).equals(between)) {
        // Levels between the prefix and the last level name a part, such as a Zigbee device.
        List<String> name = new ArrayList<>(rest.subList(0, at - between.size()));
        name.addAll(rest.subList(at + 1, rest.size() - 1));
        return Optional.of(new Parts(rest.get(at), String.join("/", name), rest.getLast()));
      }
    }
    return Optional.empty();
  }

  private static boolean startsWith(List<String> levels, List<String> beginning) {
    return levels.size() >= beginning.size()
        && levels.subList(0, beginning.size()).equals(beginning);
  }
}
