package org.linli.edge;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Clients that begin something at a gateway and do not go on with it. */
public final class HangingClients {

  private HangingClients() {}

  /** Asks again and again over MQTT (PINGREQ) and reads no answer, until nothing more is taken. */
  public static SocketChannel deaf(int port) throws IOException {
    SocketChannel deaf = SocketChannel.open();
    deaf.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
    deaf.setOption(StandardSocketOptions.SO_SNDBUF, 65_536);
    deaf.connect(new InetSocketAddress("127.0.0.1", port));
    deaf.write(
        ByteBuffer.wrap(
            "\u0010\u0010\u0000\u0004MQTT\u0004\u0002\u0000\u0000\u0000\u0004deaf"
                .getBytes(StandardCharsets.ISO_8859_1)));
    deaf.configureBlocking(false);
    ByteBuffer pings =
        ByteBuffer.wrap("\u00c0\u0000".repeat(1 << 15).getBytes(StandardCharsets.ISO_8859_1));
    await()
        .during(Duration.ofMillis(200))
        .until(
            () -> {
              int sent = deaf.write(pings);
              boolean full = sent == 0;
              while (sent > 0) {
                if (!pings.hasRemaining()) {
                  pings.rewind();
                }
                sent = deaf.write(pings);
              }
              return full;
            });
    return deaf;
  }

  /** Sends POST /linli/access/x over CoAP with the first of several blocks. */
  public static DatagramSocket firstBlock(int port) throws IOException {
    DatagramSocket device = new DatagramSocket();
    String head =
        "\u0041\u0002\u0000\u0001\u0007\u00b5linli\u0006access\u0001x\u00d1\u0003\n\u00ff";
    byte[] block = (head + "x".repeat(64)).getBytes(StandardCharsets.ISO_8859_1);
    device.send(new DatagramPacket(block, block.length, InetAddress.getLoopbackAddress(), port));
    return device;
  }
}
