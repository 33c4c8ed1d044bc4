package org.linli.edge.intake.mqtt;

import java.util.List;

/**
 * What one client may do. A device stands as {@code kind/device}; in a rule either part may be
 * {@code *}, and the device may end with one.
 *
 * @param publish rules for the devices that it may publish for
 * @param read rules for the devices whose commands it may read
 */
record Rights(List<String> publish, List<String> read) {

  private static final String COMMAND = "command";

  Rights {
    publish = List.copyOf(publish);
    read = List.copyOf(read);
  }

  /** Where no clients are listed anybody publishes, and each reads its own commands. */
  static Rights ofAnybody(String clientId) {
    return new Rights(
        List.of("*/*"), clientId.contains("*") ? List.of() : List.of("*/" + clientId));
  }

  boolean mayPublish(String kind, String device) {
    return publish.stream().anyMatch(rule -> covers(rule, kind, device));
  }

  /**
   * Whether it may subscribe to this filter: {@code linli/{kind}/{device}/command}, without
   * wildcards.
   */
  boolean maySubscribe(String filter) {
    String[] levels = filter.split("/", -1);
    return levels.length == 4
        && levels[0].equals("linli")
        && levels[3].equals(COMMAND)
        && isPlain(levels[1])
        && isPlain(levels[2])
        && read.stream().anyMatch(rule -> covers(rule, levels[1], levels[2]));
  }

  private static boolean isPlain(String level) {
    return !level.isEmpty() && level.indexOf('+') < 0 && level.indexOf('#') < 0;
  }

  private static boolean covers(String rule, String kind, String device) {
    int slash = rule.indexOf('/');
    String ruledKind = rule.substring(0, slash);
    String ruledDevice = rule.substring(slash + 1);
    return (ruledKind.equals("*") || ruledKind.equals(kind)) && matches(ruledDevice, device);
  }

  /** Whether a name is this one, or begins with it where it ends with a star. */
  static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(name);
  }
}
