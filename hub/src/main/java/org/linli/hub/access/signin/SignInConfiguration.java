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
  static final int ITERATIONS = 600_000;

  /** The stream on which the one-time link is printed. */
  @Bean(destroyMethod = "")
  PrintStream signInConsole() {
    return System.out;
  }

  /**
   * PBKDF2 with HMAC-SHA-256 (RFC 8018). Unlike bcrypt it has no limit of 72 bytes, which are 24
   * Chinese characters. Each hash begins with the name of its algorithm, so that the algorithm can
   * be changed.
   */
  @Bean
  PasswordEncoder passwordEncoder() {
    return pbkdf2(ITERATIONS);
  }

  static PasswordEncoder pbkdf2(int iterations) {
    return new DelegatingPasswordEncoder(
        ALGORITHM,
        Map.of(
            ALGORITHM,
            new Pbkdf2PasswordEncoder(
                "", SALT_BYTES, iterations, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256)));
  }

  /**
   * Returns a hash that matches no password. It is checked if nobody has the given name, so that
   * the time of the answer reveals nothing. It is random, because computing a real hash would delay
   * a start by seconds.
   */
  static String hashOfNobody() {
    byte[] saltAndHash = new byte[SALT_BYTES + HASH_BYTES];
    new SecureRandom().nextBytes(saltAndHash);
    return "{" + ALGORITHM + "}" + HexFormat.of().formatHex(saltAndHash);
  }
}
