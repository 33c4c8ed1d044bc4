package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.linli.hub.RunningHub;
import org.springframework.security.crypto.password.PasswordEncoder;

class HashOfNobodyTest {

  @Test
  void isComparedLikeARealOneAndMatchesNothing() {
    PasswordEncoder encoder = QuickHashes.quickPasswordEncoder();
    String real = encoder.encode(RunningHub.PASSWORD);
    String nobodys = SignInConfiguration.hashOfNobody();

    assertThat(nobodys).startsWith("{pbkdf2}").hasSameSizeAs(real);
    assertThat(encoder.matches(RunningHub.PASSWORD, real)).isTrue();
    assertThat(encoder.matches(RunningHub.PASSWORD, nobodys)).isFalse();
    assertThat(encoder.matches("", nobodys)).isFalse();
  }

  @Test
  void aRealOneTakesSixHundredThousandIterations() throws Exception {
    String real = new SignInConfiguration().passwordEncoder().encode(RunningHub.PASSWORD);
    byte[] saltAndHash = HexFormat.of().parseHex(real.substring("{pbkdf2}".length()));
    byte[] salt = Arrays.copyOf(saltAndHash, 16);
    byte[] hash =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(
                new PBEKeySpec(RunningHub.PASSWORD.toCharArray(), salt, 600_000, 32 * Byte.SIZE))
            .getEncoded();

    assertThat(Arrays.copyOfRange(saltAndHash, salt.length, saltAndHash.length)).isEqualTo(hash);
  }

  @Test
  void isAnotherEachTime() {
    assertThat(SignInConfiguration.hashOfNobody()).isNotEqualTo(SignInConfiguration.hashOfNobody());
  }
}
