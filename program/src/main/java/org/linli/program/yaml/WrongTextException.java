package org.linli.program.yaml;

/** A value is wrong at one of its characters. The message is the end of a sentence about it. */
public final class WrongTextException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final int at;

  /**
   * @param at number of characters before the error; -1 if it is not known
   */
  public WrongTextException(String what, int at) {
    super(what);
    this.at = at;
  }

  int at() {
    return at;
  }
}
