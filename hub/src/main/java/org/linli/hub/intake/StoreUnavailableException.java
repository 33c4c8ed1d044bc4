package org.linli.hub.intake;

/** A store that cannot write now. Retryable: the gateway keeps the batch and sends it again. */
public class StoreUnavailableException extends RuntimeException {

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
