package org.linli.hub.registry;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A file about communities cannot be used. Not retryable: a person has to correct it. */
public class CommunityFileException extends RuntimeException {

  public CommunityFileException(String file, List<String> problems) {
    this("community file", file, problems);
  }

  /**
   * @param what which sort of file it is
   */
  public CommunityFileException(String what, String file, List<String> problems) {
    super(
        "The %s %s cannot be used:".formatted(what, file)
            + (problems.size() == 1
                ? " " + problems.getFirst()
                : problems.stream().map(problem -> "\n  " + problem).collect(joining())));
  }
}
