package org.linli.edge.profile.onvif;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linli.edge.profile.Numbers;
import org.linli.event.Sha256;

/** Which of several windows, inputs or doors of one device a notification is about. */
final class Sources {

  /** Limit of the text that is remembered. */
  private static final int LONGEST = 300;

  /** Where makers name the door among the data. */
  private static final Pattern IN_DATA =
      Pattern.compile("(door|accesspoint)(token|id|no|number|name)?|inputtoken|sourcetoken");

  /** What comes and goes, such as a person in view, as {@code Key} of a property names it too. */
  private static final Pattern OBJECT = Pattern.compile("(object|track|tracking|target|event)id");

  private Sources() {}

  static boolean nameAnObject(Map<String, List<String>> source) {
    return source.keySet().stream()
        .anyMatch(name -> OBJECT.matcher(name.toLowerCase(Locale.ROOT).replace("_", "")).matches());
  }

  /** Distinguishes the sources of a device. */
  static String which(Map<String, List<String>> source, Map<String, List<String>> data) {
    Map<String, String> all = new LinkedHashMap<>();
    source.forEach((name, values) -> all.put(name, joined(values)));
    data.forEach(
        (name, values) -> {
          if (IN_DATA.matcher(name.toLowerCase(Locale.ROOT).replace("_", "")).matches()) {
            all.putIfAbsent(name, joined(values));
          }
        });
    String which = all.toString().replace('\n', ' ');
    return which.length() > LONGEST ? Sha256.hexOf(which) : which;
  }

  /** The name of the part of a recorder; empty if there is none. */
  static String part(Map<String, List<String>> source) {
    return source.isEmpty() ? "" : Numbers.plain(source.values().iterator().next().getFirst());
  }

  private static String joined(List<String> values) {
    return values.stream().map(Numbers::plain).collect(Collectors.joining(","));
  }
}
