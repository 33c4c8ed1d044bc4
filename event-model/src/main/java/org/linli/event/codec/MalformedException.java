package org.linli.event.codec;

/** Bytes that are not valid; the message is a sentence that names the field. */
final class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String sentence;

  MalformedException(String sentence) {
    // No stack trace: hostile input must not cost more than good input.
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
