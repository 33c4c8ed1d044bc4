package org.linli.edge.profile.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.linli.edge.intake.TopicFilter;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Profiles;
import org.linli.program.yaml.YamlProblems;

/**
 * A mapping file, or all {@code .yml} and {@code .yaml} files of a folder in the order of their
 * names.
 */
final class MappingFiles {

  private final Path path;
  private final ZoneId zone;
  private final Changes changes;

  /**
   * @param changes keeps the last known states across reloads
   */
  MappingFiles(Path path, ZoneId zone, Changes changes) {
    this.path = path;
    this.zone = zone;
    this.changes = changes;
  }

  /** A value that changes when a file does. */
  String stamp() {
    StringJoiner stamp = new StringJoiner("|");
    try {
      for (Path file : files()) {
        stamp.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis());
      }
    } catch (IOException gone) {
      stamp.add(String.valueOf(gone.getMessage()));
    }
    return stamp.toString();
  }

  /**
   * The contents of all files by their names.
   *
   * @throws BadMappingException if one cannot be read
   */
  Map<String, byte[]> contents() throws BadMappingException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    try {
      for (Path file : files()) {
        try (InputStream in = Files.newInputStream(file)) {
          contents.put(file.getFileName().toString(), MappingReader.FORM.bytes(in));
        }
      }
    } catch (IOException unreadable) {
      throw new BadMappingException(List.of(path + ": cannot be read (" + unreadable + ")"));
    }
    return contents;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> found = Files.list(path)) {
      return found
          .filter(file -> file.toString().endsWith(".yml") || file.toString().endsWith(".yaml"))
          .sorted()
          .toList();
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  /**
   * @throws BadMappingException with every error and its place
   */
  List<Mapping> read(Map<String, byte[]> contents) throws BadMappingException {
    YamlProblems problems = new YamlProblems();
    List<Mapping> all = new ArrayList<>();
    contents.forEach(
        (file, bytes) -> all.addAll(MappingReader.read(file, bytes, zone, changes, problems)));
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        compare(all.get(j), all.get(i), problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new BadMappingException(problems.sentencesWithFile());
    }
    return List.copyOf(all);
  }

  /**
   * @throws BadMappingException with the place of each mapping that has the name or a topic of a
   *     built-in profile
   */
  static void requireNoConflict(List<Mapping> mappings, Profiles profiles)
      throws BadMappingException {
    YamlProblems problems = new YamlProblems();
    for (Mapping mapping : mappings) {
      profiles.conflict(mapping).ifPresent(why -> problems.add(mapping.place(), "", why));
    }
    if (!problems.isEmpty()) {
      throw new BadMappingException(problems.sentencesWithFile());
    }
  }

  private static void compare(Mapping first, Mapping second, YamlProblems problems) {
    if (first.name().equals(second.name())) {
      problems.add(
          second.place(), "", "name: " + second.name() + " is there already at " + first.place());
    }
    for (String one : first.topics()) {
      for (String other : second.topics()) {
        if (new TopicFilter(one).overlaps(new TopicFilter(other))) {
          problems.add(
              second.place(),
              "",
              "topic: %s may read the same as %s of %s at %s"
                  .formatted(other, one, first.name(), first.place()));
        }
      }
    }
  }
}
