package org.linli.edge.profile.mapping;

import java.util.List;

/** A mapping file is invalid. The message has one line for each error. */
public final class BadMappingException extends Exception {

  private static final long serialVersionUID = 1L;

  BadMappingException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
