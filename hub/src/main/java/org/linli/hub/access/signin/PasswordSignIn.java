package org.linli.hub.access.signin;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.linli.hub.access.Caller;
import org.linli.hub.access.Roles;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.web.OpenConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Checks name and password. A wrong name takes as long as a wrong password, so that the two cannot
 * be distinguished.
 */
@Component
class PasswordSignIn implements AuthenticationProvider {

  private static final Logger LOG = LoggerFactory.getLogger(PasswordSignIn.class);
  private static final RateLimitedLog LIMITED = RateLimitedLog.of(LOG);

  private final Administrators administrators;
  private final Passwords passwords;
  private final SignInThrottle throttle;
  private final String hashOfNobody = SignInConfiguration.hashOfNobody();

  PasswordSignIn(Administrators administrators, Passwords passwords, SignInThrottle throttle) {
    this.administrators = administrators;
    this.passwords = passwords;
    this.throttle = throttle;
  }

  /**
   * @throws TooManyTriesException when account or address has to wait; the password was not checked
   * @throws TooManyAtOnceException when too many passwords wait to be checked; this one was not,
   *     and does not count as a try
   */
  @Override
  public Authentication authenticate(Authentication attempt) {
    String name = PersonName.shortened(attempt.getName());
    String password = String.valueOf(attempt.getCredentials());
    String address =
        attempt.getDetails() instanceof WebAuthenticationDetails details
            ? String.valueOf(details.getRemoteAddress())
            : "";
    String visitor = visitorOf(address);
    Duration wait = throttle.tryNow(name, visitor);
    if (!wait.isZero()) {
      throw new TooManyTriesException(wait);
    }
    Optional<Administrator> administrator =
        administrators.find().filter(known -> known.name().equalsIgnoreCase(name));
    String hash = administrator.map(Administrator::passwordHash).orElse(hashOfNobody);
    // Also if the password was changed while this one waited.
    if (!isRight(name, visitor, password, hash)
        || administrator.isEmpty()
        || !administrator.equals(administrators.find())) {
      LIMITED
          .atWarn("wrong sign-ins from " + visitor)
          .addKeyValue("address", address)
          .log("sign-in refused: wrong name or password");
      throw new BadCredentialsException("wrong name or password");
    }
    throttle.succeeded(name, visitor);
    LOG.atInfo()
        .addKeyValue("account", administrator.get().id())
        .addKeyValue("address", address)
        .log("administrator signed in");
    return signedIn(administrator.get());
  }

  private boolean isRight(String name, String visitor, String password, String hash) {
    try {
      return passwords.areSame(name, visitor, password, hash);
    } catch (TooManyAtOnceException unchecked) {
      throttle.withdraw(name, visitor);
      LIMITED
          .atWarn("too many sign-ins at once")
          .addKeyValue("address", visitor)
          .log("sign-in not looked at: too many passwords wait to be checked");
      throw unchecked;
    }
  }

  /**
   * Returns the key for a client's address. An IPv6 address counts by its network, because one
   * client has 2^64 addresses.
   */
  static String visitorOf(String address) {
    try {
      return OpenConnection.networkOf(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException noAddress) {
      return address;
    }
  }

  /** Returns the authentication of a person who has proved to be the administrator. */
  static Authentication signedIn(Administrator administrator) {
    return UsernamePasswordAuthenticationToken.authenticated(
        new Caller.Person(administrator.id()), null, Roles.ALL_RIGHTS);
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
