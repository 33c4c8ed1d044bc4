package org.linli.hub.registry;

import java.util.List;

/** The community file cannot be used. Not retryable: a person has to correct it. */
public class CommunityFileException extends RuntimeException {

  public CommunityFileException(String file, List<String> problems) {
    super(
        problems.size() == 1
            ? "The community file " + file + " cannot be used: " + problems.getFirst()
            : "The community file "
                + file
                + " cannot be used:\n"
                + String.join("\n", problems.stream().map(problem -> "  " + problem).toList()));
  }
}
