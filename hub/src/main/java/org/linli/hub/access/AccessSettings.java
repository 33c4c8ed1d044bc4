package org.linli.hub.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people and programs get access.
 *
 * @param adminToken API token with every right (LINLI_ADMIN_TOKEN), at least {@value
 *     #SHORTEST_TOKEN} characters; none by default
 * @param newSignInLink whether to print a one-time link at this start although an administrator
 *     exists: the way back in when the password is lost
 * @param signInLinkLifetime how long a one-time link can be used
 * @param allowPlainText whether listeners may bind beyond loopback without TLS; causes a warning at
 *     every start
 */
@ConfigurationProperties("linli")
public record AccessSettings(
    @Nullable String adminToken,
    @DefaultValue("false") boolean newSignInLink,
    @DefaultValue("1h") Duration signInLinkLifetime,
    @DefaultValue("false") boolean allowPlainText) {

  /** A token with fewer characters can be guessed. */
  public static final int SHORTEST_TOKEN = 16;

  /** Without the token, so that it does not get into a log. */
  @Override
  public String toString() {
    return "AccessSettings[adminToken="
        + (adminToken == null ? "none" : "set")
        + ", newSignInLink="
        + newSignInLink
        + ", signInLinkLifetime="
        + signInLinkLifetime
        + ", allowPlainText="
        + allowPlainText
        + "]";
  }
}
