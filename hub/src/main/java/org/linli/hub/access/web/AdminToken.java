package org.linli.hub.access.web;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.linli.event.Sha256;
import org.linli.hub.access.AccessSettings;
import org.linli.hub.access.UnsafeSettingException;
import org.springframework.stereotype.Component;

/**
 * The API token, kept as its digest. A comparison takes the same time wherever the first difference
 * is.
 *
 * @throws UnsafeSettingException from the constructor when the token is shorter than {@value
 *     AccessSettings#SHORTEST_TOKEN} characters
 */
@Component
class AdminToken {

  private final byte @Nullable [] digest;

  AdminToken(AccessSettings settings) {
    String token = settings.adminToken();
    if (token == null || token.isEmpty()) {
      this.digest = null;
      return;
    }
    if (token.strip().length() < AccessSettings.SHORTEST_TOKEN) {
      throw new UnsafeSettingException(
          "The API token in LINLI_ADMIN_TOKEN (linli.admin-token) has %d characters, at least %d are needed."
              .formatted(token.strip().length(), AccessSettings.SHORTEST_TOKEN),
          "Set a longer one, for example what 'openssl rand -hex 32' prints, or none at all.");
    }
    this.digest = Sha256.of(token.strip());
  }

  boolean matches(String offered) {
    return digest != null && MessageDigest.isEqual(digest, Sha256.of(offered));
  }
}
