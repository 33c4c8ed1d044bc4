package org.linli.edge.intake.coap;

import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;
import org.linli.program.thread.Guard;

/**
 * Hands datagrams on as fast as they are read, each peer's in its turn. Californium alone puts all
 * of them into one unbounded queue, in which those of a flood stand before all others.
 */
final class BoundedSocket extends UDPConnector {

  private final WaitingDatagrams waiting;
  private final Executor readers;
  private final Guard guard;

  /** One permit for each that hands on: what waits behind it in the readers' queue is short. */
  private final Semaphore handing;

  /**
   * @param readers who read, in the order in which they are asked
   * @param most how many may be handed on and not read at a time
   */
  BoundedSocket(
      InetSocketAddress address,
      Configuration configuration,
      WaitingDatagrams waiting,
      Executor readers,
      int most,
      Guard guard) {
    super(address, configuration);
    this.waiting = waiting;
    this.readers = readers;
    this.handing = new Semaphore(most);
    this.guard = guard;
  }

  @Override
  public void setRawDataReceiver(RawDataChannel receiver) {
    super.setRawDataReceiver(
        datagram -> {
          // Nobody can be answered at port 0.
          if (datagram.getEndpointContext().getPeerAddress().getPort() != 0) {
            waiting.add(datagram);
            wake(receiver);
          }
        });
  }

  private void wake(RawDataChannel receiver) {
    if (!waiting.isEmpty() && handing.tryAcquire()) {
      readers.execute(() -> handOn(receiver));
    }
  }

  /** Comes again behind the reading of what it handed on. */
  private void handOn(RawDataChannel receiver) {
    RawData next = waiting.next();
    if (next == null) {
      handing.release();
      wake(receiver);
      return;
    }
    boolean _ = guard.run(() -> receiver.receiveData(next));
    readers.execute(() -> handOn(receiver));
  }
}
