package org.linli.faults;

/** A specification that asks for something that is not there; the message says what to write. */
final class UnusableFaultException extends RuntimeException {

  UnusableFaultException(String sentence) {
    super(sentence);
  }
}
