package org.linli.program.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A name that a setting has.
 *
 * @param program whose setting it is
 * @param name as documented: {@code linli.mqtt.port}; a list's ends with {@code []}, a map's with
 *     {@code .*}
 * @param otherwise its default as it is written in the code; empty where there is none
 */
record SettingName(String program, String name, String otherwise) {

  private static final String LIST = "[]";
  private static final String MAP = ".*";

  /** As written in a file, without an index or key: {@code linli.broker.topics}. */
  String plain() {
    String shown = name.endsWith(MAP) ? name.substring(0, name.length() - MAP.length()) : name;
    return shown.endsWith(LIST) ? shown.substring(0, shown.length() - LIST.length()) : shown;
  }

  /** The same as the variable that is documented: {@code LINLI_BROKER_TOPICS}. */
  String variable() {
    return upper(plain().replace('-', '_'));
  }

  /** What Spring Boot's relaxed binding takes for it, of a name without hyphens in lower case. */
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

  /** What Spring Boot takes for it of the environment, in upper case: with hyphens left out too. */
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

  /** Names that it may have been meant by, with this index where it has one. */
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
