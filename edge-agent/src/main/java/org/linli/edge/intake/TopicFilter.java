package org.linli.edge.intake;

/**
 * An MQTT topic filter (MQTT 5 section 4.7): {@code +} matches one level; {@code #} at the end
 * matches any number of levels, including none.
 */
public record TopicFilter(String text) {

  private static final String ANY = "+";
  private static final String REST = "#";
  private static final int LONGEST = 65_535;

  /**
   * @throws IllegalArgumentException naming the rule that the text breaks
   */
  public TopicFilter {
    if (text.isEmpty() || text.length() > LONGEST || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a topic filter has 1 to " + LONGEST + " characters, none of them U+0000");
    }
    String[] levels = text.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      String level = levels[i];
      boolean rest = level.equals(REST);
      if (rest && i < levels.length - 1) {
        throw new IllegalArgumentException("# may only be the last level of a topic filter");
      }
      if (!rest && !level.equals(ANY) && (level.contains(ANY) || level.contains(REST))) {
        throw new IllegalArgumentException("+ and # stand for whole levels of a topic filter");
      }
    }
  }

  /**
   * Whether the filter matches a topic. A wildcard at the beginning does not match {@code $}
   * (section 4.7.2).
   */
  public boolean matches(String topic) {
    if (topic.startsWith("$") && (text.startsWith(ANY) || text.startsWith(REST))) {
      return false;
    }
    // Level by level in both texts, without a copy: this runs for every message and profile.
    int wanted = 0;
    int level = 0;
    while (wanted <= text.length()) {
      int wantedEnd = levelEnd(text, wanted);
      if (text.startsWith(REST, wanted)) {
        return true;
      }
      int levelEnd = level > topic.length() ? -1 : levelEnd(topic, level);
      if (levelEnd < 0
          || !text.startsWith(ANY, wanted)
              && (wantedEnd - wanted != levelEnd - level
                  || !text.regionMatches(wanted, topic, level, wantedEnd - wanted))) {
        return false;
      }
      wanted = wantedEnd + 1;
      level = levelEnd + 1;
    }
    return level > topic.length();
  }

  private static int levelEnd(String text, int from) {
    int slash = text.indexOf('/', from);
    return slash < 0 ? text.length() : slash;
  }

  /** Whether any topic matches both. */
  public boolean overlaps(TopicFilter other) {
    return overlap(text.split("/", -1), other.text.split("/", -1), 0);
  }

  private static boolean overlap(String[] left, String[] right, int at) {
    boolean leftEnds = at == left.length;
    boolean rightEnds = at == right.length;
    if (!leftEnds && left[at].equals(REST) || !rightEnds && right[at].equals(REST)) {
      return true;
    }
    if (leftEnds || rightEnds) {
      return leftEnds && rightEnds;
    }
    return (left[at].equals(right[at]) || left[at].equals(ANY) || right[at].equals(ANY))
        && overlap(left, right, at + 1);
  }
}
