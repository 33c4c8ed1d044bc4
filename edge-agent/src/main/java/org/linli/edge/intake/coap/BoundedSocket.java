package org.linli.edge.intake.coap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.Guard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands datagrams on as fast as they are read, and serves peers in turn. Californium by itself puts
 * all of them into one unbounded queue, in which a flood delays everybody else.
 */
public final class BoundedSocket extends UDPConnector {

  private static final Logger log = LoggerFactory.getLogger(BoundedSocket.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** Limit for a client socket: answers that may wait at a time. */
  private static final int ANSWERS_WAITING = 256;

  private static final long ANSWER_BYTES_WAITING = 256 << 10;
  private static final int CODE_AT = 1;
  private static final int CLASS_SHIFT = 5;

  private final Predicate<RawData> isWanted;
  private final WaitingDatagrams waiting;
  private final Executor readers;
  private final Guard guard;

  /** One permit per thread that hands on datagrams, so the readers' queue stays short. */
  private final Semaphore handing;

  /**
   * @param readers run the reading, in the order of submission
   * @param most how many datagrams may be handed on and not read at a time
   */
  BoundedSocket(
      InetSocketAddress address,
      Configuration configuration,
      WaitingDatagrams waiting,
      Executor readers,
      int most,
      Guard guard) {
    this(address, configuration, datagram -> true, waiting, readers, most, guard);
  }

  private BoundedSocket(
      InetSocketAddress address,
      Configuration configuration,
      Predicate<RawData> isWanted,
      WaitingDatagrams waiting,
      Executor readers,
      int most,
      Guard guard) {
    super(address, configuration);
    this.isWanted = isWanted;
    this.waiting = waiting;
    this.readers = readers;
    this.handing = new Semaphore(most);
    this.guard = guard;
  }

  /**
   * A client socket on a free port. It accepts only answers from addresses that were asked, and no
   * requests. Everything else is dropped before it is queued.
   *
   * @param local the address to bind to; it is reachable from there only
   * @param isAsked whether an address was asked; called from any thread
   * @param reader one thread
   */
  public static BoundedSocket ofClient(
      InetAddress local,
      Configuration configuration,
      Predicate<InetSocketAddress> isAsked,
      Executor reader,
      Guard guard) {
    return new BoundedSocket(
        new InetSocketAddress(local, 0),
        configuration,
        datagram -> isAnswer(datagram, isAsked),
        new WaitingDatagrams(ANSWERS_WAITING, ANSWER_BYTES_WAITING, () -> {}),
        reader,
        1,
        guard);
  }

  private static boolean isAnswer(RawData datagram, Predicate<InetSocketAddress> isAsked) {
    if (!isRequest(datagram.getBytes()) && isAsked.test(datagram.getInetSocketAddress())) {
      return true;
    }
    limited
        .atWarn("unasked")
        .addKeyValue("from", datagram.getInetSocketAddress())
        .log(
            "What is no answer of a server of linli.coap.servers is dropped; it came to the port"
                + " from which those are asked");
    return false;
  }

  /** Whether it is a request by its code (RFC 7252 section 12.1.1). */
  private static boolean isRequest(byte[] datagram) {
    return datagram.length > CODE_AT
        && datagram[CODE_AT] != 0
        && (datagram[CODE_AT] & 0xff) >> CLASS_SHIFT == 0;
  }

  @Override
  public void setRawDataReceiver(RawDataChannel receiver) {
    super.setRawDataReceiver(
        datagram -> {
          // A sender at port 0 cannot be answered.
          if (datagram.getEndpointContext().getPeerAddress().getPort() != 0
              && isWanted.test(datagram)) {
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

  /** Queues itself again behind the datagrams that it handed on. */
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
