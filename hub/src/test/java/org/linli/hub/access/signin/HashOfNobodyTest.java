package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.linli.hub.RunningHub;
import org.springframework.security.crypto.password.PasswordEncoder;

class HashOfNobodyTest {

  private final PasswordEncoder encoder = new SignInConfiguration().passwordEncoder();

  @Test
  void isComparedLikeARealOneAndMatchesNothing() {
    String real = encoder.encode(RunningHub.PASSWORD);
    String nobodys = SignInConfiguration.hashOfNobody();

    assertThat(nobodys).startsWith("{pbkdf2}").hasSameSizeAs(real);
    assertThat(encoder.matches(RunningHub.PASSWORD, real)).isTrue();
    assertThat(encoder.matches(RunningHub.PASSWORD, nobodys)).isFalse();
    assertThat(encoder.matches("", nobodys)).isFalse();
  }

  @Test
  void isAnotherEachTime() {
    assertThat(SignInConfiguration.hashOfNobody()).isNotEqualTo(SignInConfiguration.hashOfNobody());
  }
}
