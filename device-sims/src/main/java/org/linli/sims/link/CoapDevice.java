package org.linli.sims.link;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.linli.sims.link.CoapMessage.Type;

/**
 * One device's UDP port, with one exchange at a time (RFC 7252 section 4.7, NSTART = 1). A POST is
 * sent at most twice, so that a restarted gateway is found soon; after that, the link repeats it as
 * a new message. Not thread-safe.
 */
final class CoapDevice implements AutoCloseable {

  private static final int TRANSMISSIONS = 2;
  private static final long ACK_TIMEOUT_MILLIS = 2_000;
  private static final Duration SEPARATE_RESPONSE = Duration.ofSeconds(30);
  private static final int TOO_MANY_REQUESTS = 0x9D; // 4.29 (RFC 8516)
  private static final int MOST_BYTES = 2_048;

  private final InetSocketAddress gateway;
  private final DatagramSocket socket;
  private final byte[] buffer = new byte[MOST_BYTES];
  private int lastMessageId = ThreadLocalRandom.current().nextInt(1 << 16);
  private int lastToken = ThreadLocalRandom.current().nextInt();

  /**
   * @throws SocketException when no UDP port can be opened
   */
  CoapDevice(InetSocketAddress gateway) throws SocketException {
    this.gateway = gateway;
    this.socket = new DatagramSocket();
  }

  AskingLink.Outcome ask(Sending sending) {
    try {
      // Resolved each time: a gateway may return with another address.
      connect();
      return outcome(post(sending));
    } catch (SocketTimeoutException e) {
      return new AskingLink.Outcome.Failed("no CoAP response from " + Addresses.text(gateway));
    } catch (PortUnreachableException e) {
      return new AskingLink.Outcome.Failed("nobody speaks CoAP at " + Addresses.text(gateway));
    } catch (IOException e) {
      return new AskingLink.Outcome.Failed(
          "CoAP with %s failed: %s".formatted(Addresses.text(gateway), e.getMessage()));
    }
  }

  /** Whether a ping (section 4.3) is answered with a reset within that time. */
  boolean answersPing(Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    try {
      connect();
      while (System.nanoTime() - deadline < 0) {
        int messageId = nextMessageId();
        send(CoapMessage.empty(Type.CONFIRMABLE, messageId));
        if (resetCame(messageId, Math.min(deadline, nanosFromNow(ACK_TIMEOUT_MILLIS)))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  private CoapMessage post(Sending sending) throws IOException {
    int messageId = nextMessageId();
    int token = ++lastToken;
    byte[] datagram = CoapMessage.post(messageId, token, sending.letter());
    long timeout =
        ACK_TIMEOUT_MILLIS + ThreadLocalRandom.current().nextLong(ACK_TIMEOUT_MILLIS / 2);
    for (int transmission = 1; ; transmission++) {
      send(datagram);
      try {
        return response(messageId, token, nanosFromNow(timeout));
      } catch (SocketTimeoutException e) {
        if (transmission == TRANSMISSIONS) {
          throw e;
        }
        timeout *= 2;
      }
    }
  }

  /** The response, piggybacked or separate (section 5.2). */
  private CoapMessage response(int messageId, int token, long firstDeadline) throws IOException {
    long deadline = firstDeadline;
    while (true) {
      CoapMessage message = receive(deadline);
      boolean ours = message.messageId() == messageId;
      switch (message.type()) {
        case RESET -> {
          if (ours) {
            throw new IOException("it was answered with a reset");
          }
        }
        case ACKNOWLEDGEMENT -> {
          if (ours && message.code() != CoapMessage.EMPTY) {
            return message;
          }
          if (ours) {
            deadline = System.nanoTime() + SEPARATE_RESPONSE.toNanos();
          }
        }
        case CONFIRMABLE -> {
          boolean awaited = message.token() == token && message.codeClass() >= 2;
          send(CoapMessage.empty(awaited ? Type.ACKNOWLEDGEMENT : Type.RESET, message.messageId()));
          if (awaited) {
            return message;
          }
        }
        case NON_CONFIRMABLE -> {
          if (message.token() == token && message.codeClass() >= 2) {
            return message;
          }
        }
      }
    }
  }

  private boolean resetCame(int messageId, long deadline) throws IOException {
    try {
      while (true) {
        CoapMessage message = receive(deadline);
        if (message.type() == Type.RESET && message.messageId() == messageId) {
          return true;
        }
      }
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private AskingLink.Outcome outcome(CoapMessage response) {
    if (response.codeClass() == 2) {
      return new AskingLink.Outcome.Acknowledged();
    }
    return response.codeClass() == 4 && response.code() != TOO_MANY_REQUESTS
        ? new AskingLink.Outcome.Refused(
            "CoAP %s %s"
                .formatted(
                    response.codeText(), new String(response.payload(), StandardCharsets.UTF_8)))
        : new AskingLink.Outcome.Failed(
            "CoAP %s from %s".formatted(response.codeText(), Addresses.text(gateway)));
  }

  private void connect() throws SocketException {
    InetSocketAddress now = new InetSocketAddress(gateway.getHostString(), gateway.getPort());
    if (!now.equals(socket.getRemoteSocketAddress())) {
      socket.disconnect();
      socket.connect(now);
    }
  }

  private void send(byte[] datagram) throws IOException {
    socket.send(new DatagramPacket(datagram, datagram.length));
  }

  private CoapMessage receive(long deadline) throws IOException {
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout((int) left);
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      socket.receive(packet);
      Optional<CoapMessage> message = CoapMessage.read(buffer, packet.getLength());
      if (message.isPresent()) {
        return message.get();
      }
    }
  }

  private int nextMessageId() {
    lastMessageId = (lastMessageId + 1) & 0xFFFF;
    return lastMessageId;
  }

  private static long nanosFromNow(long millis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
