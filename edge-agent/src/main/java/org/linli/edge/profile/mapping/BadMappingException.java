package org.linli.edge.profile.mapping;

import java.util.List;

/** A mapping file that is not taken; the message is one line for each of its faults. */
public final class BadMappingException extends Exception {

  private static final long serialVersionUID = 1L;

  BadMappingException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
