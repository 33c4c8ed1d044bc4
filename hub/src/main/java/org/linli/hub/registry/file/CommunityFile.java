package org.linli.hub.registry.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linli.hub.registry.CommunityPlan;
import org.linli.program.yaml.YamlForm;
import org.linli.program.yaml.YamlProblems;

/** The result of reading one community file, or those of all communities of a hub. */
public sealed interface CommunityFile {

  /** Its size limit in bytes is room for some fifty thousand devices. */
  YamlForm FORM =
      new YamlForm(
          8 * 1024 * 1024,
          Arrays.stream(Section.values()).map(Section::key).toList(),
          "at least community, grids and buildings");

  /** Files that can be used as they are: a community each, in the same order. */
  record Read(List<CommunityPlan> plans) implements CommunityFile {

    public Read {
      plans = List.copyOf(plans);
    }
  }

  /**
   * Files with at least one problem.
   *
   * @param problems the first, in the order of the files: a sentence each, with line, column, field
   *     and what to do, and with the file if there are several
   */
  record Refused(List<String> problems) implements CommunityFile {}

  /**
   * Reads a whole file. Whatever its content, only reading the stream itself can throw.
   *
   * @param name its name for people
   * @throws IOException when the stream cannot be read
   */
  static CommunityFile read(String name, InputStream in) throws IOException {
    return read(new TreeMap<>(Map.of(name, FORM.bytes(in))));
  }

  /**
   * Reads the files of all communities of a hub.
   *
   * @param files the content of each by its name, in the order of the names
   */
  static CommunityFile read(SortedMap<String, byte[]> files) {
    YamlProblems problems = new YamlProblems();
    List<CommunityPlan> plans = PlanReader.readAll(files, problems);
    if (problems.isEmpty()) {
      return new Read(plans);
    }
    return new Refused(files.size() == 1 ? problems.sentences() : problems.sentencesWithFile());
  }
}
