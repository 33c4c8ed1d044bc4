package org.linli.edge.intake.mqtt.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as the clients file keeps it: {@code pbkdf2-sha256$iterations$salt$hash}, salt and
 * hash in hexadecimal (RFC 8018 section 5.2, with HMAC-SHA-256).
 */
final class PasswordHash {

  private static final Pattern FORM =
      Pattern.compile("pbkdf2-sha256\\$(\\d{1,8})\\$([0-9a-f]{16,128})\\$([0-9a-f]{64})");
  private static final int FEWEST_ITERATIONS = 1_000;
  private static final int MOST_ITERATIONS = 5_000_000;

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * @throws IllegalArgumentException naming the form that it should have
   */
  static PasswordHash parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || parts.group(2).length() % 2 != 0) {
      throw new IllegalArgumentException(
          "is not pbkdf2-sha256$iterations$salt$hash with salt and hash in lower-case hexadecimal");
    }
    int iterations = Integer.parseInt(parts.group(1));
    if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
      throw new IllegalArgumentException(
          "has %d iterations, %d to %d are allowed"
              .formatted(iterations, FEWEST_ITERATIONS, MOST_ITERATIONS));
    }
    HexFormat hex = HexFormat.of();
    return new PasswordHash(iterations, hex.parseHex(parts.group(2)), hex.parseHex(parts.group(3)));
  }

  /** Whether the password matches. Takes as long as the iterations need. */
  boolean matches(char[] password) {
    try {
      byte[] derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password, salt, iterations, hash.length * 8))
              .getEncoded();
      return MessageDigest.isEqual(derived, hash);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", missing);
    }
  }
}
