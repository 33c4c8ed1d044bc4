package org.linli.edge.intake.coap;

import java.net.InetSocketAddress;
import java.util.function.IntSupplier;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;

/**
 * Drops datagrams while too many wait to be read, as a network would: a device repeats what was not
 * answered (RFC 7252 section 4.2). Without it a flood that is faster than its reading piles up in
 * an unbounded queue.
 */
final class BoundedSocket extends UDPConnector {

  private final IntSupplier waiting;
  private final int mostWaiting;

  BoundedSocket(
      InetSocketAddress address, Configuration configuration, IntSupplier waiting, int most) {
    super(address, configuration);
    this.waiting = waiting;
    this.mostWaiting = most;
  }

  @Override
  public void setRawDataReceiver(RawDataChannel receiver) {
    super.setRawDataReceiver(
        datagram -> {
          if (waiting.getAsInt() < mostWaiting) {
            receiver.receiveData(datagram);
          }
        });
  }
}
