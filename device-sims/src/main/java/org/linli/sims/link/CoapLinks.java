package org.linli.sims.link;

import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import org.linli.sims.console.CannotRunException;

/**
 * Devices that speak CoAP (RFC 7252), each from a UDP port of its own: confirmable POSTs, first
 * repeated by the protocol, then by the link as new messages.
 */
public final class CoapLinks {

  private final InetSocketAddress gateway;
  private final boolean resends;

  /**
   * @param resends whether an event without an answer is sent again, with the same id
   */
  public CoapLinks(InetSocketAddress gateway, boolean resends) {
    this.gateway = gateway;
    this.resends = resends;
  }

  /** Whether a CoAP endpoint answers a ping at that address. */
  boolean answers(Duration within) throws CannotRunException {
    try (CoapDevice device = device()) {
      return device.answersPing(within);
    }
  }

  /**
   * A device with a port of its own.
   *
   * @throws CannotRunException when no port can be opened
   */
  public Link open(String name, int mostWaiting) throws CannotRunException {
    CoapDevice device = device();
    return new AskingLink("coap-" + name, device::ask, resends, mostWaiting, device::close);
  }

  private CoapDevice device() throws CannotRunException {
    try {
      return new CoapDevice(gateway);
    } catch (SocketException e) {
      throw CannotRunException.unusable(
          "No UDP port can be opened (%s): see \"ulimit -n\".".formatted(e.getMessage()));
    }
  }
}
