package org.linli.edge.intake.coap.servers;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server on a bare socket, which tells as much as it can. */
final class Babbler implements AutoCloseable {

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final Thread answering = Thread.ofPlatform().unstarted(this::answer);
  volatile int value;
  private volatile byte[] asked = {};
  private volatile @Nullable SocketAddress from;

  Babbler() throws SocketException {
    answering.start();
  }

  String uri() {
    return "coap://127.0.0.1:" + socket.getLocalPort() + "/celsius";
  }

  private void answer() {
    DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        if (packet.getData()[1] == 1) {
          asked = Arrays.copyOf(packet.getData(), packet.getLength());
          from = packet.getSocketAddress();
          send(0x60, asked[2], asked[3], value);
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** A notification that wants no acknowledgement. */
  void tell(int number) throws IOException {
    send(0x50, (byte) (number >> 8), (byte) number, number);
  }

  private void send(int type, byte highId, byte lowId, int number) throws IOException {
    byte[] request = asked;
    int tokenLength = request[0] & 0xf;
    byte[] told = "[{\"n\":\"t\",\"v\":%d}]".formatted(number).getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(100);
    out.put((byte) (type | tokenLength)).put((byte) 0x45).put(highId).put(lowId);
    out.put(request, 4, tokenLength);
    out.put(new byte[] {0x63, 0, (byte) (number >> 8), (byte) number, 0x61, 110, -1}).put(told);
    socket.send(new DatagramPacket(out.array(), out.position(), Objects.requireNonNull(from)));
  }

  @Override
  public void close() throws InterruptedException {
    socket.close();
    answering.join();
  }
}
