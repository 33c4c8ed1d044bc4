package org.linli.hub.registry.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.linli.hub.registry.CommunityPlan;
import org.yaml.snakeyaml.nodes.Node;

/** The result of reading a community file. */
public sealed interface CommunityFile {

  /** The size limit in bytes: room for some fifty thousand devices. */
  int MAX_BYTES = 8 * 1024 * 1024;

  /** A file that can be used as it is. */
  record Read(CommunityPlan plan) implements CommunityFile {}

  /**
   * A file with at least one problem.
   *
   * @param problems the first {@value Problems#MAX_SHOWN}, in the order of the file: a sentence
   *     each, with line, column, field and what to do
   */
  record Refused(List<String> problems) implements CommunityFile {}

  /**
   * Reads a whole file. Whatever its content, only reading the stream itself can throw.
   *
   * @throws IOException when the stream cannot be read
   */
  static CommunityFile read(InputStream in) throws IOException {
    Problems problems = new Problems();
    Optional<Node> root = YamlText.compose(in.readNBytes(MAX_BYTES + 1), problems);
    Optional<CommunityPlan> plan = root.flatMap(node -> new PlanReader(problems).read(node));
    return plan.isPresent() && problems.isEmpty()
        ? new Read(plan.get())
        : new Refused(problems.sentences());
  }
}
