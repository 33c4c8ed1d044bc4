package org.linli.edge.profile.wired;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.linli.edge.profile.WiredMeaning;

/**
 * The names under which equipment tells a state of life safety, whoever made it: {@code
 * water_leak_alarm_1}, {@code gasSensorState}, {@code fall_down_status}. Case and what joins the
 * words do not matter. A name without a word for a state, such as {@code co}, is a level.
 */
public final class LifeNames {

  private static final String STATE =
      "(?:sensor|detector)?(?:alarm|alert)?"
          + "(?:state|status|alarm|alert|detected|detect)(?:l|ch|channel|zone|probe)?\\d{0,2}";

  private static final String LEAK = "(?:water)?(?:leak|leakage|leaking|flood|flooding)";

  private static final Map<WiredMeaning, Pattern> STATES =
      new EnumMap<>(
          Map.of(
              WiredMeaning.WATER,
              Pattern.compile(
                  LEAK
                      + STATE
                      + "|"
                      + LEAK
                      + "\\d{1,2}|water(?:alarm|alert|detected)(?:state|status)?\\d{0,2}"),
              WiredMeaning.SMOKE,
              Pattern.compile("(?:smoke|fire)" + STATE),
              WiredMeaning.GAS,
              Pattern.compile(
                  "(?:(?:combustible|natural)?gas(?:leak|leakage)?|co|carbonmonoxide|methane)"
                      + STATE),
              WiredMeaning.FALL,
              Pattern.compile("(?:fall|falldown|falling)" + STATE),
              WiredMeaning.SOS,
              Pattern.compile("(?:sos|panic|emergency)" + STATE)));

  /** Fields whose value says what the alarm is. */
  private static final Set<String> TELLING =
      Set.of(
          "status",
          "state",
          "event",
          "eventtype",
          "alarm",
          "alarmtype",
          "alarmstatus",
          "alarmstate",
          "alarmevent",
          "devicestatus",
          "devicestate",
          "currentdevicestatus",
          "currentstatus",
          "currentstate");

  private static final Pattern PAST =
      Pattern.compile("histor.*|(?:.*[_ -])?(?:data)?logs?|records?|.*retransmi.*|backlog.*");

  private LifeNames() {}

  /** The name in small letters, without what joins its words. */
  public static String joined(String field) {
    return field.toLowerCase(Locale.ROOT).replaceAll("[_ -]", "");
  }

  /** What a state of that name is about; empty if the name says nothing of the sort. */
  public static Optional<WiredMeaning> meaning(String field) {
    String name = joined(field);
    return STATES.entrySet().stream()
        .filter(each -> each.getValue().matcher(name).matches())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether the value of that field may say what the alarm is. */
  public static boolean mayTell(String field) {
    String name = joined(field);
    return TELLING.contains(name)
        || name.endsWith("s") && TELLING.contains(name.substring(0, name.length() - 1));
  }

  /** Whether what is within that field is what was before, by its name. */
  public static boolean isPast(String field) {
    return PAST.matcher(field.toLowerCase(Locale.ROOT)).matches();
  }
}
