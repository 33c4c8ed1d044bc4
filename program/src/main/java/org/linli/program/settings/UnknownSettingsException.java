package org.linli.program.settings;

import java.util.Collection;

/** Input to a program that it would never read. */
public final class UnknownSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** One sentence for each name. */
  UnknownSettingsException(Collection<String> sentences) {
    super(String.join(" ", sentences));
  }
}
