package org.linli.sims.console;

import java.util.Collection;
import org.linli.program.Closest;

/** Finds the known word that a mistyped one most likely meant. */
public final class Meant {

  private Meant() {}

  /** A question to append to a sentence, with a leading space; empty when no word is close. */
  public static String hint(String typed, Collection<String> known) {
    String closest = Closest.to(typed, known);
    return closest == null ? "" : " Did you mean %s?".formatted(closest);
  }
}
