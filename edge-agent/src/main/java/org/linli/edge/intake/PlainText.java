package org.linli.edge.intake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The rule for doors without TLS: loopback only, unless somebody said in so many words that others
 * may read along.
 */
@Component
public final class PlainText {

  private static final Logger log = LoggerFactory.getLogger(PlainText.class);

  private final boolean allowed;

  public PlainText(ListenerSettings settings) {
    this.allowed = settings.allowPlainText();
  }

  /**
   * Lets a door open, with a warning where others may read along.
   *
   * @throws CannotListenException when the address is wider than loopback and nobody allowed it, or
   *     when it is no address
   */
  public void check(Listener listener) {
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

  private static boolean isLoopback(Listener listener) {
    try {
      return InetAddress.getByName(listener.address()).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new CannotListenException(
          "%s cannot listen on %s, which is no address of this machine: set %s."
              .formatted(listener.what(), listener.address(), listener.addressSetting()));
    }
  }
}
