package org.linli.sims.ledger;

/** A condition that must hold, with the figures that show whether it does. */
public record Sentence(String text, String figures, boolean holds) {

  /** As a line of a table. */
  public String line() {
    return "%-4s %-62s %s".formatted(holds ? "ok" : "NO", text, figures);
  }
}
