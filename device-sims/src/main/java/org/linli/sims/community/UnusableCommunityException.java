package org.linli.sims.community;

/** A community file that nothing can be simulated from; the message is a sentence that says why. */
public final class UnusableCommunityException extends Exception {

  private final String sentence;

  UnusableCommunityException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  /** What to tell the person who named the file. */
  public String sentence() {
    return sentence;
  }
}
