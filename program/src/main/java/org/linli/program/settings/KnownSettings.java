package org.linli.program.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.program.Closest;

/** The settings of all of Linli's programs, which often share one environment on a machine. */
public final class KnownSettings {

  private static final String FILE = "settings.tsv";
  private static final int COLUMNS = 3;
  private static final Pattern INDEX = Pattern.compile("[\\[_](\\d+)");

  private final List<SettingName> names;
  private final List<Pattern> inFiles;
  private final List<Pattern> inEnvironment;
  private final Set<String> others =
      Arrays.stream(OtherVariable.values()).map(Enum::name).collect(Collectors.toSet());

  KnownSettings(List<SettingName> names) {
    this.names = List.copyOf(names);
    inFiles = names.stream().map(SettingName::inFiles).toList();
    inEnvironment = names.stream().map(SettingName::inEnvironment).toList();
  }

  /** The settings that the build found in the code of the programs. */
  public static KnownSettings load() {
    try (InputStream file = KnownSettings.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing: build the module 'program' anew");
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return new KnownSettings(
          text.lines()
              .map(line -> line.split("\t", COLUMNS))
              .map(cells -> new SettingName(cells[0], cells[1], cells[2]))
              .toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(FILE + " cannot be read", unreadable);
    }
  }

  List<SettingName> names() {
    return names;
  }

  /** Whether a program reads this property, in any relaxed spelling. */
  public boolean isProperty(String name) {
    String uniform = uniform(name);
    return inFiles.stream().anyMatch(known -> known.matcher(uniform).matches());
  }

  /**
   * Whether settings lie under this name, such as {@code linli.mqtt}, as in a file with an empty
   * section.
   */
  public boolean isSection(String name) {
    String uniform = uniform(name);
    return names.stream()
        .map(known -> uniform(known.name()))
        .anyMatch(known -> known.startsWith(uniform + ".") || known.startsWith(uniform + "[]"));
  }

  /** Whether a program or a script reads this variable. */
  public boolean isVariable(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return others.contains(upper)
        || inEnvironment.stream().anyMatch(known -> known.matcher(upper).matches());
  }

  /**
   * The setting with keys of the user's that this property or variable names without a key, or with
   * one in brackets, which no variable has; null for none.
   */
  @Nullable String withoutKey(String name) {
    int bracket = name.indexOf('[');
    String typed = loose(bracket < 0 ? name : name.substring(0, bracket));
    return names.stream()
        .filter(SettingName::hasKey)
        .filter(
            known -> typed.equals(loose(known.plain())) || typed.equals(loose(known.variable())))
        .map(SettingName::plain)
        .findFirst()
        .orElse(null);
  }

  /** The property that this name most likely meant; null when none is close. */
  @Nullable String closestProperty(String name) {
    String index = index(name);
    return Closest.to(
        name.toLowerCase(Locale.ROOT),
        names.stream().flatMap(known -> known.candidates(false, index).stream()).toList());
  }

  /** The variable that this name most likely meant; null when none is close. */
  @Nullable String closestVariable(String name) {
    String index = index(name);
    return Closest.to(
        name.toUpperCase(Locale.ROOT),
        Stream.concat(
                names.stream().flatMap(known -> known.candidates(true, index).stream()),
                others.stream())
            .toList());
  }

  private static String index(String name) {
    Matcher index = INDEX.matcher(name);
    return index.find() ? index.group(1) : "0";
  }

  /** The name without the characters that Spring Boot ignores; a map's key stays unchanged. */
  private static String uniform(String name) {
    int key = name.indexOf('[');
    String before = key < 0 ? name : name.substring(0, key);
    String after = key < 0 ? "" : name.substring(key);
    int dot = after.lastIndexOf("].");
    String end = dot < 0 ? after : after.substring(0, dot + 1) + loose(after.substring(dot + 1));
    return loose(before) + end;
  }

  private static String loose(String name) {
    return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
