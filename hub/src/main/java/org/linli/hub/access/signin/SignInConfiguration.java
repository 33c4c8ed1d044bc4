package org.linli.hub.access.signin;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class SignInConfiguration {

  private static final String ALGORITHM = "pbkdf2";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int ITERATIONS = 600_000;

  /** Where the one-time link is printed. */
  @Bean(destroyMethod = "")
  PrintStream signInConsole() {
    return System.out;
  }

  /**
   * PBKDF2 with HMAC-SHA-256 (RFC 8018): unlike bcrypt it has no limit of 72 bytes, which are 24
   * Chinese characters. The algorithm stands before each hash, so that it can be changed.
   */
  @Bean
  PasswordEncoder passwordEncoder() {
    return new DelegatingPasswordEncoder(
        ALGORITHM,
        Map.of(
            ALGORITHM,
            new Pbkdf2PasswordEncoder(
                "", SALT_BYTES, ITERATIONS, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256)));
  }

  /**
   * What no password hashes to: compared with when nobody has the name that was given, so that the
   * time of the answer does not tell. Random, because to hash one for it costs a start seconds.
   */
  static String hashOfNobody() {
    byte[] saltAndHash = new byte[SALT_BYTES + HASH_BYTES];
    new SecureRandom().nextBytes(saltAndHash);
    return "{" + ALGORITHM + "}" + HexFormat.of().formatHex(saltAndHash);
  }
}
