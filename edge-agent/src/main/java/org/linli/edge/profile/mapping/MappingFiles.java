package org.linli.edge.profile.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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

/**
 * A mapping file, or all {@code .yml} and {@code .yaml} files of a folder in the order of their
 * names.
 */
final class MappingFiles {

  private static final long LARGEST = 1 << 20;

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
  Map<String, String> texts() throws BadMappingException {
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      for (Path file : files()) {
        if (Files.size(file) > LARGEST) {
          throw new BadMappingException(
              List.of(file + ": is larger than 1 MB; is it the right file?"));
        }
        texts.put(
            file.getFileName().toString(),
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                .toString());
      }
    } catch (CharacterCodingException noText) {
      throw new BadMappingException(List.of(path + ": is not UTF-8 text; save it as UTF-8"));
    } catch (IOException unreadable) {
      throw new BadMappingException(List.of(path + ": cannot be read (" + unreadable + ")"));
    }
    return texts;
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
  List<Mapping> read(Map<String, String> texts) throws BadMappingException {
    MappingProblems problems = new MappingProblems();
    List<Mapping> all = new ArrayList<>();
    texts.forEach(
        (file, text) -> all.addAll(MappingReader.read(file, text, zone, changes, problems)));
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        compare(all.get(j), all.get(i), problems);
      }
    }
    problems.throwIfAny();
    return List.copyOf(all);
  }

  private static void compare(Mapping first, Mapping second, MappingProblems problems) {
    if (first.name().equals(second.name())) {
      problems.add(
          second.place(), "name: " + second.name() + " is there already at " + first.place());
    }
    for (String one : first.topics()) {
      for (String other : second.topics()) {
        if (new TopicFilter(one).overlaps(new TopicFilter(other))) {
          problems.add(
              second.place(),
              "topic: %s may read the same as %s of %s at %s"
                  .formatted(other, one, first.name(), first.place()));
        }
      }
    }
  }
}
