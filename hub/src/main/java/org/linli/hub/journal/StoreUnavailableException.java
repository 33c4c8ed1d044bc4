package org.linli.hub.journal;

import org.springframework.dao.TransientDataAccessResourceException;

/** A store cannot write now. Retryable: nothing was taken, and the same events are given again. */
public class StoreUnavailableException extends TransientDataAccessResourceException {

  public StoreUnavailableException(String message) {
    super(message);
  }

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
