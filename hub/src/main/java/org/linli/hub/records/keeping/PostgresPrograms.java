package org.linli.hub.records.keeping;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own {@code pg_dump} and {@code pg_restore}: those in PATH, and those where Debian
 * keeps each version. Only those of the server's own major version are used.
 */
final class PostgresPrograms {

  private static final Path OF_DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

  private PostgresPrograms() {}

  /**
   * Returns the program in the server's own version: a later one writes what only a later server
   * reads, and an earlier one cannot read all of this one.
   *
   * @param variables of this process, for PATH
   */
  static Path find(String name, int server, Map<String, String> variables)
      throws IOException, KeepingException {
    int newest = 0;
    List<Path> all = candidates(name, variables);
    for (Path program : all) {
      int version = version(program).orElse(0);
      if (version == server) {
        return program;
      }
      newest = Math.max(newest, version);
    }
    if (newest == 0) {
      throw new KeepingException("program-missing", name, server);
    }
    throw new KeepingException("program-old", name, newest, server);
  }

  private static List<Path> candidates(String name, Map<String, String> variables)
      throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String folder : variables.getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (!folder.isEmpty()) {
        folders.add(Path.of(folder));
      }
    }
    if (Files.isDirectory(OF_DEBIAN)) {
      try (Stream<Path> versions = Files.list(OF_DEBIAN)) {
        versions
            .map(version -> version.resolve("bin"))
            .sorted(Comparator.naturalOrder())
            .forEach(folders::add);
      }
    }
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .toList();
  }

  private static OptionalInt version(Path program) throws IOException {
    Process asked =
        new ProcessBuilder(program.toString(), "--version")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(said);
    return version.find()
        ? OptionalInt.of(Integer.parseInt(version.group(1)))
        : OptionalInt.empty();
  }

  /**
   * Gives a program these variables, and of PostgreSQL's own ones no others but that of passwords.
   */
  static void giveVariables(ProcessBuilder program, Map<String, String> variables) {
    program
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PG") && !name.equals("PGPASSFILE"));
    program.environment().putAll(variables);
  }

  /** Ends a program, and waits until it holds no file any more. */
  static void end(Process program) {
    program.destroyForcibly().onExit().join();
  }

  /** Returns the last line that a program said, in which it says why it failed. */
  static String lastLine(Path said) throws IOException {
    List<String> lines = Files.readString(said, StandardCharsets.UTF_8).lines().toList();
    return lines.isEmpty() ? "" : lines.getLast();
  }
}
