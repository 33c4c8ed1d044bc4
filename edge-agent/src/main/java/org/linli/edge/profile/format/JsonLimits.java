package org.linli.edge.profile.format;

/**
 * How large the parts of a document may be. What is beyond them is left out of a message that tells
 * an alarm, and any other message is refused for it.
 *
 * @param deepest most arrays and objects within each other
 * @param longestName of a field, in characters
 * @param longestNumber in characters
 */
public record JsonLimits(int deepest, int longestName, int longestNumber) {

  /** Of documents of other makers. */
  static final JsonLimits USUAL = new JsonLimits(32, 1_024, 400);
}
