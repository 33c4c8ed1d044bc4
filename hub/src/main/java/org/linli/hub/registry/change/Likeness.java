package org.linli.hub.registry.change;

/**
 * Something that is gone and something that is new, which are probably the same.
 *
 * @param was what is gone
 * @param is what is new, of the same section
 */
public record Likeness(Item was, Item is, By by) implements Comparable<Likeness> {

  /** What they have in common. */
  public enum By {
    /** Their id. Only what is new in another community can have it. */
    ID,
    /** Their name, and no other that is gone or new has it. */
    NAME,
    /** Most of what belonged to the one and is still there now belongs to the other. */
    PARTS
  }

  /** Returns whether it is in another community now; otherwise it has another id. */
  public boolean isMove() {
    return !was.community().equals(is.community());
  }

  @Override
  public int compareTo(Likeness other) {
    int byWas = was.compareTo(other.was);
    return byWas != 0 ? byWas : is.compareTo(other.is);
  }
}
