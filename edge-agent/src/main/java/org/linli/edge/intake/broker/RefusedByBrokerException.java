package org.linli.edge.intake.broker;

/**
 * The broker answers and does not let this gateway in. Worth another try only after somebody
 * changed something; the message is one sentence that says what.
 */
class RefusedByBrokerException extends Exception {

  private static final long serialVersionUID = 1L;

  RefusedByBrokerException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
