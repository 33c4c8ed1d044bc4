package org.linli.program.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Collects what is wrong in one or more files, so that everything can be corrected in one go. It
 * keeps the first problems in the order of the files, and the number of all.
 */
public final class YamlProblems {

  /** How many it keeps where nothing else is said. */
  public static final int MAX_SHOWN = 20;

  private record Problem(YamlLocation at, String sentence) {}

  private final int most;
  private final List<Problem> first = new ArrayList<>();
  private int count;

  public YamlProblems() {
    this(MAX_SHOWN);
  }

  /**
   * @param most how many it keeps, at least one
   */
  public YamlProblems(int most) {
    this.most = most;
  }

  /**
   * Notes a problem of a file as a whole.
   *
   * @param what a sentence
   */
  public void add(String file, String what) {
    add(YamlLocation.whole(file), "", what);
  }

  /**
   * @param field the path to what is wrong, such as {@code devices[3].kind}; empty for none
   * @param what the rest of the sentence
   */
  public void add(YamlLocation at, String field, String what) {
    count++;
    first.add(new Problem(at, field.isEmpty() ? what : field + " " + what));
    first.sort(Comparator.comparing(Problem::at));
    if (first.size() > most) {
      first.removeLast();
    }
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** The number of problems, including those that are not kept. */
  public int count() {
    return count;
  }

  /** The problems of one file: a sentence each, such as "line 3, column 7: people is missing.". */
  public List<String> sentences() {
    return sentences(
        at -> at.isWhole() ? "" : "line %d, column %d: ".formatted(at.line(), at.column()));
  }

  /** The problems of several files: a sentence each, such as "a.yml:3:7: name is missing.". */
  public List<String> sentencesWithFile() {
    return sentences(at -> at + ": ");
  }

  private List<String> sentences(Function<YamlLocation, String> before) {
    List<String> sentences = new ArrayList<>();
    first.forEach(problem -> sentences.add(before.apply(problem.at()) + problem.sentence()));
    if (count > first.size()) {
      sentences.add("and " + (count - first.size()) + " more.");
    }
    return sentences;
  }
}
