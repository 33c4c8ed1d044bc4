package org.linli.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers the arguments that need no start of the program: {@code --help}, {@code --version}, and a
 * word that is not a command. The texts are {@code help_en.txt} and {@code help_zh.txt} beside the
 * program's class.
 */
public final class Help {

  private static final Set<String> ASKED = Set.of("--help", "-h", "-help", "-?", "help");
  private static final Set<String> VERSION = Set.of("--version", "-V", "-version", "version");
  private static final String BUILD = "/META-INF/build-info.properties";
  private static final int MISUSED = 2;

  private final Class<?> program;
  private final List<String> commands;
  private final Map<String, String> environment;

  /**
   * @param program the class with the texts beside it
   * @param commands words that the program may be started with instead of settings
   * @param environment the variables of the process, for the language
   */
  public Help(Class<?> program, List<String> commands, Map<String, String> environment) {
    this.program = program;
    this.commands = List.copyOf(commands);
    this.environment = Map.copyOf(environment);
  }

  /**
   * Answers when the arguments need no start.
   *
   * @return the exit code; empty when the program must start
   */
  public OptionalInt answer(PrintStream out, PrintStream err, String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    if (commands.contains(first)) {
      return OptionalInt.empty();
    }
    if (ASKED.contains(first) || Stream.of(arguments).anyMatch("--help"::equals)) {
      tell(out);
      return OptionalInt.of(0);
    }
    if (VERSION.contains(first) || Stream.of(arguments).anyMatch("--version"::equals)) {
      out.println(version(program));
      return OptionalInt.of(0);
    }
    if (!first.isEmpty() && !first.startsWith("-")) {
      err.println(unknown(first));
      return OptionalInt.of(MISUSED);
    }
    return OptionalInt.empty();
  }

  private String unknown(String word) {
    @Nullable String meant = Closest.to(word, commands);
    String hint =
        meant != null
            ? "did you mean %s?".formatted(meant)
            : commands.isEmpty()
                ? "there are none."
                : "there are " + String.join(" and ", commands) + ".";
    return "There is no command '%s': %s --help tells more.".formatted(word, hint);
  }

  /** Prints Chinese when the locale is Chinese and the terminal can show it. */
  private void tell(PrintStream out) {
    Terminal terminal = Terminal.of(out, environment);
    String text = text(terminal.language().getLanguage());
    out.writeBytes(text.getBytes(terminal.charset()));
  }

  private String text(String language) {
    try (InputStream file = program.getResourceAsStream("help_" + language + ".txt")) {
      if (file == null) {
        throw new IllegalStateException("no help_" + language + ".txt beside " + program.getName());
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The name and version of a program as built, and the Java version that runs it. */
  public static String version(Class<?> program) {
    Properties build = new Properties();
    try (InputStream file = program.getResourceAsStream(BUILD)) {
      if (file != null) {
        build.load(file);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return "%s %s (Java %s)"
        .formatted(
            build.getProperty("build.name", "Linli"),
            build.getProperty("build.version", "unknown"),
            Runtime.version());
  }
}
