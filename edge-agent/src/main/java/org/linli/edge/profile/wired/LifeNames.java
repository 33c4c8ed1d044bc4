package org.linli.edge.profile.wired;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linli.edge.profile.WiredMeaning;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * The names under which equipment tells a state of life safety, whoever made it: {@code
 * water_leak_alarm_1}, {@code gasSensorState}, {@code fall_down_status}, {@code 烟雾报警}. Case and
 * what joins the words do not matter. A name without a word for a state, such as {@code co}, is a
 * level.
 */
public final class LifeNames {

  private static final String STATE =
      "(?:sensor|detector|detection)?(?:alarm|alert)?"
          + "(?:state|status|alarm|alert|detected|detect|event)(?:l|ch|channel|zone|probe)?\\d{0,2}";

  private static final String LEAK = "(?:water)?(?:leak|leakage|leaking|flood|flooding)";

  /** What follows such a name in Chinese. */
  private static final String OF_CHINESE = "(?:泄漏|泄露|洩漏|传感器|探测器|检测|报警|告警|警报|状态|事件|按钮|報警|狀態|按鈕)";

  private static final String CHINESE = OF_CHINESE + "*\\d{0,2}";

  private static final List<Named> STATES =
      List.of(
          new Named(
              WiredMeaning.WATER,
              List.of("water", "leak", "flood"),
              LEAK
                  + STATE
                  + "|"
                  + LEAK
                  + "\\d{1,2}|water\\d{1,2}(?:leak|leakage|flood)|water(?:alarm|alert|detected)(?:state|status)?\\d{0,2}"),
          new Named(
              WiredMeaning.SMOKE,
              List.of("smoke", "fire", "incense"),
              "(?:(?:incense)?smoke|fire)" + STATE),
          new Named(
              WiredMeaning.GAS,
              List.of("co", "natural", "gas", "carbonmonoxide", "methane"),
              "(?:(?:combustible|natural)?gas(?:leak|leakage)?|co|carbonmonoxide|methane)" + STATE),
          new Named(WiredMeaning.FALL, List.of("fall"), "(?:fall|falldown|falling)" + STATE),
          new Named(
              WiredMeaning.SOS,
              List.of("sos", "panic", "emergency"),
              "(?:sos|panic|emergency)" + STATE),
          new Named(
              WiredMeaning.WATER, List.of("水浸", "浸水", "漏水", "溢水"), "(?:水浸|浸水|漏水|溢水)" + CHINESE),
          new Named(
              WiredMeaning.SMOKE,
              List.of("烟", "火", "感烟", "煙", "感煙"),
              "(?:烟雾|烟感|感烟|火警|火灾|煙霧|煙感|感煙|火災)" + CHINESE),
          new Named(
              WiredMeaning.GAS,
              List.of("燃", "煤", "天然", "可燃", "一氧化碳", "瓦斯"),
              "(?:燃气|煤气|天然气|可燃气体|一氧化碳|瓦斯|燃氣|煤氣|天然氣)" + OF_CHINESE + "+\\d{0,2}"),
          new Named(WiredMeaning.DOOR, List.of("门磁", "門磁"), "(?:门磁|門磁)" + CHINESE),
          new Named(WiredMeaning.FALL, List.of("跌倒", "摔倒"), "(?:跌倒|摔倒)" + CHINESE),
          new Named(
              WiredMeaning.SOS,
              List.of("紧急", "緊急", "一键", "一鍵", "求助", "求救", "呼救"),
              "(?:(?:紧急|緊急|一键|一鍵)(?:求助|呼叫|呼救|报警|報警|按钮|按鈕)|求助|求救|呼救)" + CHINESE));

  /** Those that a name may be one of by its first sign: most names of a message are none. */
  private static final Map<Character, List<Named>> BY_FIRST_SIGN = byFirstSign();

  private static Map<Character, List<Named>> byFirstSign() {
    Map<Character, List<Named>> all = new HashMap<>();
    for (Named state : STATES) {
      for (String beginning : state.beginnings()) {
        List<Named> some = all.computeIfAbsent(beginning.charAt(0), _ -> new ArrayList<>());
        if (!some.contains(state)) {
          some.add(state);
        }
      }
    }
    return Map.copyOf(all);
  }

  /**
   * The names of one meaning.
   *
   * @param beginnings one of which each of them has; an expression is tried for no other name
   */
  private record Named(WiredMeaning meaning, List<String> beginnings, Pattern names) {

    Named(WiredMeaning meaning, List<String> beginnings, String names) {
      this(meaning, beginnings, Pattern.compile(names));
    }

    boolean has(String name) {
      for (String beginning : beginnings) {
        if (name.startsWith(beginning)) {
          return names.matcher(name).matches();
        }
      }
      return false;
    }
  }

  /** What the name of one of several inputs begins with: {@code input_1_leak_detect}. */
  private static final Pattern NUMBERED =
      Pattern.compile("(?:active|(?:input|channel|ch|zone|probe|sensor)\\d{1,2})(?=[a-z])");

  /** What is a state behind such a beginning, and may be a level without it. */
  private static final Map<WiredMeaning, Pattern> OF_NUMBERED =
      Map.of(
          WiredMeaning.WATER,
          Pattern.compile(LEAK),
          WiredMeaning.SMOKE,
          Pattern.compile("smoke|fire"),
          WiredMeaning.SOS,
          Pattern.compile("sos|panic"));

  /** What the names of one state differ in: {@code smokeAlarm} and {@code smoke_detected}. */
  private static final Pattern WAYS =
      Pattern.compile(
          "(?:alarm|alert|status|state|detected|detection|detect|event|sensor|detector|raw|active"
              + "|pressed|press)(?=\\d*$)");

  /** Objects whose name says nothing of what is within them. */
  private static final Pattern ENVELOPES =
      Pattern.compile(
          "tags?|data|status|states?|events?|alarms?|alerts?|object|decoded|payload|sensors?|values?"
              + "|messages?|measurements?");

  /** JsonFields whose value says what the alarm is. */
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
          "alert",
          "alerttype",
          "alertstatus",
          "alertstate",
          "alertevent",
          "devicestatus",
          "devicestate",
          "currentdevicestatus",
          "currentstatus",
          "currentstate");

  private static final Pattern PAST =
      Pattern.compile("histor.*|(?:.*[_ -])?(?:data)?logs?|records?|.*retransmi.*|backlog.*");

  private static final Pattern CARBON_MONOXIDE =
      Pattern.compile("co(?:" + STATE + ")?|.*carbonmonoxide.*|.*一氧化碳.*");

  /** Carbon monoxide cannot be smelled, and is an alarm of gas like any other by its type. */
  private static final Values OF_CARBON_MONOXIDE =
      new Values(Map.of("cause", new Value.Text("carbon-monoxide")));

  private static final ByName<Meant> MEANT = new ByName<>(Meant::of);

  /**
   * What a name says.
   *
   * @param mayTell whether the value may say what the alarm is
   */
  private record Meant(Optional<WiredMeaning> meaning, boolean mayTell) {

    static Meant of(String field) {
      String name = joined(field);
      return new Meant(
          meaningOf(name),
          TELLING.contains(name)
              || name.endsWith("s") && TELLING.contains(name.substring(0, name.length() - 1)));
    }
  }

  private LifeNames() {}

  /** The name in small letters, without what joins its words. */
  public static String joined(String field) {
    int joints = 0;
    for (int i = 0; i < field.length(); i++) {
      joints += isJoint(field.charAt(i)) ? 1 : 0;
    }
    if (joints == 0) {
      return field.toLowerCase(Locale.ROOT);
    }
    StringBuilder joined = new StringBuilder(field.length() - joints);
    for (int i = 0; i < field.length(); i++) {
      if (!isJoint(field.charAt(i))) {
        joined.append(field.charAt(i));
      }
    }
    return joined.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isJoint(char c) {
    return c == '_' || c == ' ' || c == '-';
  }

  /** What a state of that name is about; empty if the name says nothing of the sort. */
  public static Optional<WiredMeaning> meaning(String field) {
    return MEANT.of(field).meaning();
  }

  private static Optional<WiredMeaning> meaningOf(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    if (!numbered.lookingAt()) {
      return ofName(name);
    }
    String own = name.substring(numbered.end());
    return ofName(own)
        .or(
            () ->
                OF_NUMBERED.entrySet().stream()
                    .filter(each -> each.getValue().matcher(own).matches())
                    .map(Map.Entry::getKey)
                    .findFirst());
  }

  /**
   * What a state is about by its name, without the ways to name one: two such fields of one message
   * say the same. Numbers and the names of places stay, which tell inputs apart.
   *
   * @param field with the names of what it is within, joined by dots
   */
  public static String about(String field) {
    StringBuilder about = new StringBuilder();
    String[] names = field.split("\\.");
    for (int i = 0; i < names.length; i++) {
      String name = joined(names[i]);
      if (i == names.length - 1 || !ENVELOPES.matcher(name).matches()) {
        about.append('.').append(withoutWays(name));
      }
    }
    return about.toString();
  }

  private static String withoutWays(String name) {
    String rest = name.startsWith("waterleak") ? name.substring("water".length()) : name;
    String before;
    do {
      before = rest;
      String shorter = WAYS.matcher(rest).replaceFirst("");
      rest = shorter.isEmpty() ? rest : shorter;
    } while (!rest.equals(before));
    return rest;
  }

  private static Optional<WiredMeaning> ofName(String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    for (Named state : BY_FIRST_SIGN.getOrDefault(name.charAt(0), List.of())) {
      if (state.has(name)) {
        return Optional.of(state.meaning());
      }
    }
    return Optional.empty();
  }

  /**
   * What an alarm says of its cause beyond its type, by the name of the state or by the text that
   * tells it.
   */
  public static Values cause(WiredMeaning meaning, String said) {
    return meaning == WiredMeaning.GAS
            && CARBON_MONOXIDE.matcher(joined(said.substring(said.lastIndexOf('.') + 1))).matches()
        ? OF_CARBON_MONOXIDE
        : Values.NONE;
  }

  /** Whether the value of that field may say what the alarm is. */
  public static boolean mayTell(String field) {
    return MEANT.of(field).mayTell();
  }

  /** Whether what is within that field is what was before, by its name. */
  public static boolean isPast(String field) {
    return PAST.matcher(field.toLowerCase(Locale.ROOT)).matches();
  }
}
