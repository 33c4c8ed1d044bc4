package org.linli.hub.access.signin;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The hub's own way to hash passwords, with a thousandth of its iterations: tests sign in hundreds
 * of times.
 */
public class QuickHashes {

  private static final int ITERATIONS = SignInConfiguration.ITERATIONS / 1_000;

  @Bean
  @Primary
  static PasswordEncoder quickPasswordEncoder() {
    return SignInConfiguration.pbkdf2(ITERATIONS);
  }
}
