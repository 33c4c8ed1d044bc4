package org.linli.edge.intake;

import java.net.BindException;

/**
 * A door cannot be opened, so the gateway does not start. The message is one sentence for the
 * person who started it. It names the setting to change.
 */
public final class CannotListenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CannotListenException(String sentence) {
    super(sentence);
  }

  private CannotListenException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /**
   * The port could not be bound.
   *
   * @param cause distinguishes a port in use from an address that is not this machine's
   */
  public static CannotListenException at(ListenAddress listener, Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    if (cause instanceof BindException && said.contains("in use")) {
      return inUse(listener, cause);
    }
    return new CannotListenException(
        "%s cannot listen on %s:%d (%s): set %s and %s to an address and a port that this machine can offer."
            .formatted(
                listener.what(),
                listener.address(),
                listener.port(),
                said,
                listener.addressSetting(),
                listener.portSetting()),
        cause);
  }

  /**
   * Something else that a door needs is wrong.
   *
   * @param sentence for the person who started the gateway, naming what to change
   */
  public static CannotListenException because(String sentence) {
    return new CannotListenException(sentence);
  }

  /** Another program uses the port. */
  public static CannotListenException inUse(ListenAddress listener, Throwable cause) {
    return new CannotListenException(
        "Port %d on %s, which %s needs, is used by another program: stop that program, or set %s to a free port."
            .formatted(
                listener.port(), listener.address(), listener.what(), listener.portSetting()),
        cause);
  }
}
