package org.linli.faults;

/** A specification names something that does not exist; the message says what to write. */
final class UnusableFaultException extends RuntimeException {

  UnusableFaultException(String sentence) {
    super(sentence);
  }
}
