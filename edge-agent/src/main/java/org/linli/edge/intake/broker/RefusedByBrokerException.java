package org.linli.edge.intake.broker;

/**
 * The broker answers and refuses this gateway. A retry can succeed only after somebody changed
 * something; the message is one sentence that says what.
 */
class RefusedByBrokerException extends Exception {

  private static final long serialVersionUID = 1L;

  RefusedByBrokerException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
