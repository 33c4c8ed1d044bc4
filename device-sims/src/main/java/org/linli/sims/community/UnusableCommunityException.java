package org.linli.sims.community;

/** A community file that cannot be simulated; the message is a sentence that says why. */
public final class UnusableCommunityException extends Exception {

  private final String sentence;

  UnusableCommunityException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  /** The message for the person who named the file. */
  public String sentence() {
    return sentence;
  }
}
