package org.linli.hub.access.signin;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many wrong passwords: retryable after {@link #remaining}. */
class TooManyTriesException extends AuthenticationException {

  private final Duration remaining;

  TooManyTriesException(Duration remaining) {
    super("too many wrong passwords, wait " + remaining.toSeconds() + " s");
    this.remaining = remaining;
  }

  Duration remaining() {
    return remaining;
  }
}
