package org.linli.program.settings;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.program.Closest;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses, before anything starts, input that no program would ever read: every {@code linli.*}
 * setting and {@code LINLI_*} variable without a meaning, wherever it was given, and every argument
 * that is not an option.
 */
final class SettingsCheck
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  private static final String OURS = "linli";
  private static final String OPTION = "--";
  private static final int MAX_PORT = 65_535;

  /** Prefixes whose names belong to other software. */
  private static final Set<String> OTHERS =
      Set.of("spring", "server", "management", "logging", "camel", "springdoc", "debug", "trace");

  /** Settings of other software that Linli's documentation asks people to set. */
  private static final Set<String> WELL_KNOWN = Set.of("server.port", "server.address");

  /** Properties that the build passes to tests. */
  private static final Pattern OF_THE_BUILD = Pattern.compile("linli\\.(test|docs)\\..*");

  /** Where a name was given. */
  private enum GivenBy {
    COMMAND_LINE,
    ENVIRONMENT,
    SYSTEM_PROPERTIES,
    ELSEWHERE
  }

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    Set<String> wrong = new LinkedHashSet<>();
    KnownSettings known = KnownSettings.load();
    for (String argument : event.getArgs()) {
      @Nullable String sentence = argument(argument, known);
      if (sentence != null) {
        wrong.add(sentence);
      }
    }
    for (PropertySource<?> source : event.getEnvironment().getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> listed) {
        GivenBy givenBy = givenBy(source);
        for (String name : listed.getPropertyNames()) {
          @Nullable String sentence = name(name, listed, givenBy, known);
          if (sentence != null) {
            wrong.add(sentence);
          }
        }
      }
    }
    @Nullable String port = port(event.getEnvironment().getProperty("server.port", "0"));
    if (port != null) {
      wrong.add(port);
    }
    if (!wrong.isEmpty()) {
      throw new UnknownSettingsException(wrong);
    }
  }

  private static GivenBy givenBy(PropertySource<?> source) {
    return switch (source) {
      case CommandLinePropertySource<?> _ -> GivenBy.COMMAND_LINE;
      case SystemEnvironmentPropertySource _ -> GivenBy.ENVIRONMENT;
      case PropertySource<?> other
          when other.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME) ->
          GivenBy.SYSTEM_PROPERTIES;
      default -> GivenBy.ELSEWHERE;
    };
  }

  /** Checked here, because the web server would report it in a stack trace only. */
  private static @Nullable String port(String text) {
    String number = text.strip();
    return number.isEmpty()
            || number.equals("-1")
            || number.matches("\\d{1,5}") && Integer.parseInt(number) <= MAX_PORT
        ? null
        : "server.port is '%s': write a whole number from 0 to 65535.".formatted(text);
  }

  private static @Nullable String argument(String argument, KnownSettings known) {
    if (!argument.startsWith(OPTION) || argument.equals(OPTION)) {
      return argument.startsWith("-D")
          ? "The argument '%s' is no option: write it as --%s, or put it before -jar."
              .formatted(argument, argument.substring(2))
          : "The argument '%s' is no option: settings are written as --name=value, and --help tells more."
              .formatted(argument);
    }
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
    if (equals < 0 && known.isProperty(name)) {
      return "--%s has no value: write --%s=… with one.".formatted(name, name);
    }
    return null;
  }

  private static @Nullable String name(
      String name, EnumerablePropertySource<?> source, GivenBy givenBy, KnownSettings known) {
    if (givenBy == GivenBy.ENVIRONMENT && name.indexOf('.') < 0) {
      return variable(name, known);
    }
    String first = first(name, '.');
    if (first.equalsIgnoreCase(OURS)) {
      boolean build = givenBy == GivenBy.SYSTEM_PROPERTIES && OF_THE_BUILD.matcher(name).matches();
      boolean nothing =
          givenBy == GivenBy.ELSEWHERE
              && "".equals(source.getProperty(name))
              && known.isSection(name);
      return build || nothing || known.isProperty(name)
          ? null
          : unknown(written(name, givenBy), where(name, source), meant(name, givenBy, known));
    }
    @Nullable String meant = mistyped(name.toLowerCase(Locale.ROOT), WELL_KNOWN);
    if (meant == null && Closest.edits(first.toLowerCase(Locale.ROOT), OURS) == 1) {
      meant = known.closestProperty(name);
    }
    if (meant == null && givenBy == GivenBy.COMMAND_LINE && !OTHERS.contains(first)) {
      meant = known.closestProperty(OURS + "." + name);
      return unknown(written(name, givenBy), "", near(meant, givenBy));
    }
    return meant == null
        ? null
        : unknown(written(name, givenBy), where(name, source), near(meant, givenBy));
  }

  private static @Nullable String variable(String name, KnownSettings known) {
    String upper = name.toUpperCase(Locale.ROOT);
    String first = first(upper, '_');
    String ours = OURS.toUpperCase(Locale.ROOT);
    if (first.equals(ours) && upper.length() > ours.length()) {
      return known.isVariable(upper)
          ? null
          : unknown(name, "", meant(name, GivenBy.ENVIRONMENT, known));
    }
    @Nullable String meant =
        Closest.edits(first, ours) == 1
            ? known.closestVariable(upper)
            : mistyped(upper, Set.of("SERVER_PORT", "SERVER_ADDRESS"));
    return meant == null ? null : unknown(name, "", near(meant, GivenBy.ENVIRONMENT));
  }

  /**
   * One of these names with a single typing error; other software's names may well be further away.
   */
  private static @Nullable String mistyped(String name, Set<String> names) {
    return names.stream().filter(one -> Closest.edits(name, one) == 1).findFirst().orElse(null);
  }

  private static String first(String name, char end) {
    int at = name.indexOf(end);
    return at < 0 ? name : name.substring(0, at);
  }

  private static String unknown(String name, String where, String hint) {
    return "%s%s is no setting of Linli: %s".formatted(name, where, hint);
  }

  /** What to write instead of a name that nobody knows. */
  private static String meant(String name, GivenBy givenBy, KnownSettings known) {
    @Nullable String keyed = known.withoutKey(name);
    if (keyed == null) {
      return near(
          givenBy == GivenBy.ENVIRONMENT
              ? known.closestVariable(name)
              : known.closestProperty(name),
          givenBy);
    }
    return "write %s[KEY] with a key, in application.yml%s; docs/configuration.md has an example."
        .formatted(keyed, givenBy == GivenBy.ENVIRONMENT ? ", as a variable has no brackets" : "");
  }

  private static String near(@Nullable String meant, GivenBy givenBy) {
    return meant == null
        ? "--help shows the most important ones, docs/configuration.md all."
        : "did you mean %s?".formatted(written(meant, givenBy));
  }

  private static String written(String name, GivenBy givenBy) {
    return switch (givenBy) {
      case COMMAND_LINE -> OPTION + name;
      case SYSTEM_PROPERTIES -> "-D" + name;
      case ENVIRONMENT, ELSEWHERE -> name;
    };
  }

  private static String where(String name, EnumerablePropertySource<?> source) {
    if (source.getName().equals("spring.application.json")) {
      return " in SPRING_APPLICATION_JSON";
    }
    @Nullable Origin origin = OriginLookup.getOrigin(source, name);
    if (origin instanceof TextResourceOrigin text && text.getResource() != null) {
      String file = String.valueOf(text.getResource().getFilename());
      return text.getLocation() == null
          ? " in " + file
          : " in %s, line %d,".formatted(file, text.getLocation().getLine() + 1);
    }
    return "";
  }
}
