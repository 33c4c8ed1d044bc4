package org.linli.hub.organisation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.file.CommunityFiles;
import org.linli.program.yaml.YamlFields;
import org.linli.program.yaml.YamlForm;
import org.linli.program.yaml.YamlProblems;

/** The result of reading an organisation file. */
public sealed interface OrganisationFile {

  /** Its size limit in bytes is room for all sub-districts and firms of a city. */
  YamlForm FORM =
      new YamlForm(
          1024 * 1024,
          List.of("platform", "cities", "subDistricts", "departments", "firms"),
          "at least cities and subDistricts, or firms");

  /** A file that can be used as it is. */
  record Read(OrganisationPlan plan) implements OrganisationFile {}

  /**
   * A file with at least one problem.
   *
   * @param problems a sentence each, with file, line, column, field and what to do
   */
  record Refused(List<String> problems) implements OrganisationFile {

    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** Returns the organisation file among these files and folders; empty if there is none. */
  static Optional<Path> among(List<Path> paths) {
    return paths.stream()
        .map(path -> Files.isDirectory(path) ? path.resolve(CommunityFiles.ORGANISATION) : path)
        .filter(path -> path.endsWith(CommunityFiles.ORGANISATION) && Files.isRegularFile(path))
        .findFirst();
  }

  /**
   * Reads a whole file. Nothing is thrown: what cannot be read is a problem.
   *
   * @param registry the communities that it may name
   */
  static OrganisationFile read(Path file, Registry registry) {
    YamlProblems problems = new YamlProblems();
    try (InputStream in = Files.newInputStream(file)) {
      YamlFields fields = FORM.read(file.toString(), FORM.bytes(in), problems);
      OrganisationPlan plan =
          fields == null ? OrganisationPlan.NONE : new OrganisationReader(registry).read(fields);
      return problems.isEmpty() ? new Read(plan) : new Refused(problems.sentencesWithFile());
    } catch (IOException e) {
      return new Refused(List.of("%s: it cannot be read (%s).".formatted(file, e.getMessage())));
    }
  }
}
