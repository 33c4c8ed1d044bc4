package org.linli.edge.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the gateway's own API.
 *
 * @param localToken token for setting commands, and for reading from another machine ({@code
 *     LINLI_LOCAL_TOKEN}), at least {@value #SHORTEST} characters; if none is set, nobody can do
 *     either
 * @param localOpen whether anybody who can reach the gateway may read its page, ledger, devices,
 *     dead letters and metrics ({@code LINLI_LOCAL_OPEN})
 */
@ConfigurationProperties("linli")
record LocalSettings(@Nullable String localToken, @DefaultValue("false") boolean localOpen) {

  private static final int SHORTEST = 16;

  LocalSettings {
    if (localToken != null) {
      localToken = localToken.isBlank() ? null : localToken.strip();
    }
    if (localToken != null && localToken.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "linli.local-token (LINLI_LOCAL_TOKEN) has %d characters, at least %d are needed; 'openssl rand -hex 32' prints a good one"
              .formatted(localToken.length(), SHORTEST));
    }
  }

  boolean hasToken() {
    return localToken != null;
  }

  /** Compares in constant time, wherever the first difference is. */
  boolean isToken(String offered) {
    return localToken != null
        && MessageDigest.isEqual(
            localToken.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
  }

  /** Leaves out the token, which must not get into a log. */
  @Override
  public String toString() {
    return "LocalSettings[localToken=" + (localToken == null ? "none" : "set") + "]";
  }
}
