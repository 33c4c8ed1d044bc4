package org.linli.sims.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Whether anybody is there, asked before a run so that a wrong address gets a sentence. */
public final class Probe {

  private static final int CONNECT_MILLIS = 3_000;

  /** CoAP has no connection to open: three of the four tries that RFC 7252 allows a message. */
  private static final Duration PING = Duration.ofSeconds(6);

  private Probe() {}

  /** Whether a TCP connection can be opened. */
  public static boolean listensOnTcp(InetSocketAddress address) {
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

  /** Whether a CoAP endpoint answers a ping. */
  public static boolean answersCoap(CoapLinks links) {
    return links.answers(PING);
  }
}
