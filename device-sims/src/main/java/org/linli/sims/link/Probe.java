package org.linli.sims.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.linli.sims.console.CannotRunException;

/** Checks before a run that an endpoint answers, so that a wrong address gets a clear message. */
public final class Probe {

  private static final int CONNECT_MILLIS = 3_000;
  private static final long PAUSE_MILLIS = 200;

  /** CoAP has no connection to open: time for three tries (RFC 7252 section 4.2). */
  private static final Duration PING = Duration.ofSeconds(6);

  private Probe() {}

  /**
   * Waits until something listens at a TCP address.
   *
   * @param option the option that names the address, for messages
   * @param patience how long it may take to come up
   * @throws CannotRunException when nothing listens by then
   */
  public static void requireTcp(
      URI uri, String scheme, int defaultPort, String option, Duration patience)
      throws CannotRunException, InterruptedException {
    long began = System.nanoTime();
    while (!listens(Addresses.of(uri, scheme, defaultPort))) {
      if (System.nanoTime() - began >= patience.toNanos()) {
        throw nobodyAt(uri, option);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /**
   * Checks whether a CoAP endpoint answers a ping.
   *
   * @throws CannotRunException when none does
   */
  public static void requireCoap(URI uri, String option) throws CannotRunException {
    InetSocketAddress address = Addresses.of(uri, "coap", Addresses.COAP_PORT);
    if (address.isUnresolved()) {
      throw nobodyAt(uri, option);
    }
    if (!new CoapLinks(address, true).answers(PING)) {
      throw nobodyAt(uri, option);
    }
  }

  private static CannotRunException nobodyAt(URI uri, String option) {
    return CannotRunException.unreachable(
        "No gateway answers at %s: start one, or say where it is with %s.".formatted(uri, option));
  }

  private static boolean listens(InetSocketAddress address) {
    if (address.isUnresolved()) {
      return false;
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
