package org.linli.program.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of a setting.
 *
 * @param program the program that reads it
 * @param name as documented: {@code linli.mqtt.port}; a list's name ends with {@code []}, a map's
 *     with {@code .*}
 * @param otherwise its default as written in the code; empty for none
 */
record SettingName(String program, String name, String otherwise) {

  private static final String LIST = "[]";
  private static final String MAP = ".*";

  /** The name in a file, without an index or key: {@code linli.broker.topics}. */
  String plain() {
    String shown = name.endsWith(MAP) ? name.substring(0, name.length() - MAP.length()) : name;
    return shown.endsWith(LIST) ? shown.substring(0, shown.length() - LIST.length()) : shown;
  }

  /** The name of the documented variable: {@code LINLI_BROKER_TOPICS}. */
  String variable() {
    return upper(plain().replace('-', '_'));
  }

  /**
   * Matches what Spring Boot's relaxed binding accepts in files, once lower-cased and without
   * hyphens.
   */
  Pattern inFiles() {
    StringBuilder pattern = new StringBuilder();
    String rest = name.replace("-", "");
    for (int at = rest.indexOf(LIST); at >= 0; at = rest.indexOf(LIST)) {
      boolean last = at + LIST.length() == rest.length();
      pattern.append(Pattern.quote(rest.substring(0, at))).append("(\\[\\d+])");
      pattern.append(last ? "?" : "");
      rest = rest.substring(at + LIST.length());
    }
    boolean map = rest.endsWith(MAP);
    pattern.append(Pattern.quote(map ? rest.substring(0, rest.length() - MAP.length()) : rest));
    return Pattern.compile(pattern.append(map ? "(\\[.*]|\\..+)" : "").toString());
  }

  /**
   * Matches what Spring Boot accepts in the environment, in upper case, also with hyphens left out.
   */
  Pattern inEnvironment() {
    return Pattern.compile(
        Stream.of(name.replace("-", ""), name.replace('-', '_'))
            .distinct()
            .map(
                form ->
                    upper(form.endsWith(MAP) ? form.substring(0, form.length() - 2) + "@" : form)
                        .replaceAll("\\[]$", "(_[0-9]+)?")
                        .replace("[]", "_[0-9]+")
                        .replace("@", "_.+"))
            .reduce((one, other) -> one + "|" + other)
            .orElseThrow());
  }

  /** Whether it has a key of the user's: {@code linli.profile.tasmota.sensors[…]}. */
  boolean hasKey() {
    return name.endsWith(MAP);
  }

  /** The names that a mistyped one may have meant, with this index where the setting has one. */
  List<String> candidates(boolean variable, String index) {
    String shown = name.endsWith(MAP) ? name.substring(0, name.length() - MAP.length()) : name;
    String one = shown.replace(LIST, variable ? "_" + index : "[" + index + "]");
    return Stream.of(one, plain())
        .filter(form -> !form.contains(LIST))
        .map(form -> variable ? upper(form.replace('-', '_')) : form)
        .distinct()
        .toList();
  }

  private static String upper(String name) {
    return name.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
