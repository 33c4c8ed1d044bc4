package org.linli.hub.access.signin;

import org.springframework.security.core.AuthenticationException;

/** Too many passwords wait: this one was not checked. Retryable after {@link #RETRY_SECONDS}. */
class TooManyAtOnceException extends AuthenticationException {

  static final int RETRY_SECONDS = 10;

  TooManyAtOnceException() {
    super("too many passwords wait to be checked, come back in " + RETRY_SECONDS + " s");
  }
}
