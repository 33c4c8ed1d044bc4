package org.linli.sims.console;

import java.util.Collection;
import org.linli.program.Closest;

/** The word that a mistyped one was most likely meant to be. */
public final class Meant {

  private Meant() {}

  /** A question to stand behind a sentence, with a space before it; empty where no word is near. */
  public static String hint(String typed, Collection<String> known) {
    String closest = Closest.to(typed, known);
    return closest == null ? "" : " Did you mean %s?".formatted(closest);
  }
}
