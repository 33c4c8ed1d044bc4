package org.linli.edge.intake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The rule for doors without TLS: they listen on loopback only, unless a setting allows other
 * machines explicitly.
 */
@Component
public final class LoopbackRule {

  private static final Logger log = LoggerFactory.getLogger(LoopbackRule.class);

  private final boolean allowed;

  public LoopbackRule(ListenerSettings settings) {
    this.allowed = settings.allowPlainText();
  }

  /**
   * Checks that a door may open, and logs a warning if other machines can read its traffic.
   *
   * @throws CannotListenException when the address is wider than loopback and no setting allows it,
   *     or when it is not an address
   */
  public void check(ListenAddress listener) {
    if (isLoopback(listener)) {
      return;
    }
    if (!allowed) {
      throw new CannotListenException(
          "%s would listen on %s without encryption, where others can read and send: set %s to 127.0.0.1, or linli.allow-plain-text to true if you accept that."
              .formatted(listener.what(), listener.address(), listener.addressSetting()));
    }
    log.warn(
        "{} listens on {}:{} without encryption: whoever reaches it can read and send",
        listener.what(),
        listener.address(),
        listener.port());
  }

  private static boolean isLoopback(ListenAddress listener) {
    try {
      return InetAddress.getByName(listener.address()).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new CannotListenException(
          "%s cannot listen on %s, which is no address of this machine: set %s."
              .formatted(listener.what(), listener.address(), listener.addressSetting()));
    }
  }
}
