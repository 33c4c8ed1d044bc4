package org.linli.hub.registry.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.linli.hub.registry.CommunityPlan;
import org.linli.program.yaml.YamlForm;
import org.linli.program.yaml.YamlProblems;

/** The result of reading a community file. */
public sealed interface CommunityFile {

  /** Its size limit in bytes is room for some fifty thousand devices. */
  YamlForm FORM =
      new YamlForm(
          8 * 1024 * 1024,
          List.of("community", "grids", "buildings", "gateways", "devices", "people", "duty"),
          "at least community, grids and buildings");

  /** A file that can be used as it is. */
  record Read(CommunityPlan plan) implements CommunityFile {}

  /**
   * A file with at least one problem.
   *
   * @param problems the first {@value YamlProblems#MAX_SHOWN}, in the order of the file: a sentence
   *     each, with line, column, field and what to do
   */
  record Refused(List<String> problems) implements CommunityFile {}

  /**
   * Reads a whole file. Whatever its content, only reading the stream itself can throw.
   *
   * @throws IOException when the stream cannot be read
   */
  static CommunityFile read(InputStream in) throws IOException {
    YamlProblems problems = new YamlProblems();
    Optional<CommunityPlan> plan =
        Optional.ofNullable(FORM.read("the community file", FORM.bytes(in), problems))
            .flatMap(new PlanReader()::read);
    return plan.isPresent() && problems.isEmpty()
        ? new Read(plan.get())
        : new Refused(problems.sentences());
  }
}
