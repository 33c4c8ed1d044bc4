package org.linli.sims.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Attacks on the gateway's CoAP port. */
final class CoapAttacks {

  /**
   * The most data, as a multiple, that may be sent to an address that has not shown that it
   * receives (RFC 9175, section 2.6).
   */
  private static final int MOST_AMPLIFICATION = 3;

  /** The headers of IPv4 and UDP in bytes, which every datagram has in both directions. */
  private static final int HEADERS = 28;

  private static final int GET = 1;
  private static final int POST = 2;
  private static final int CONFIRMABLE = 0x40;
  private static final int NON_CONFIRMABLE = 0x50;
  private static final int URI_PATH = 11;
  private static final int CONTENT_FORMAT = 12;
  private static final int BLOCK_1 = 27;
  private static final int JSON = 50;
  private static final int BLOCK_BYTES = 1_024;
  private static final int ANSWER_MILLIS = 500;

  private CoapAttacks() {}

  static void flood(Assault assault) throws InterruptedException {
    assault.attackers(
        200,
        peer -> {
          try (DatagramSocket socket = socket(assault)) {
            byte[] body = LinliMessages.measurement("number", peer);
            for (int i = 0; !assault.over(); i++) {
              String device = assault.name() + peer;
              int type = i % 2 == 0 ? CONFIRMABLE : NON_CONFIRMABLE;
              send(socket, message(type, POST, i, List.of("linli", "access", device), -1, body));
              assault.did(1);
              TimeUnit.MILLISECONDS.sleep(100);
            }
          }
        });
  }

  /** Block-wise messages of which only the first block arrives. */
  static void unfinishedBlocks(Assault assault) throws InterruptedException {
    assault.attackers(
        4_000,
        peer -> {
          try (DatagramSocket socket = socket(assault)) {
            List<String> path = List.of("linli", "access", assault.name() + peer);
            // Block 0, more to follow, of 1,024 bytes (RFC 7959, section 2.2).
            send(socket, message(CONFIRMABLE, POST, peer, path, 0x0E, new byte[BLOCK_BYTES]));
            assault.did(1);
          }
        });
  }

  /** Small requests, each from an unknown address; the size of the answers is measured. */
  static void amplification(Assault assault) throws InterruptedException {
    List<byte[]> questions =
        List.of(
            message(CONFIRMABLE, GET, 1, List.of(".well-known", "core"), -1, new byte[0]),
            message(NON_CONFIRMABLE, GET, 2, List.of(".well-known", "core"), -1, new byte[0]),
            message(CONFIRMABLE, GET, 3, List.of("x"), -1, new byte[0]),
            message(CONFIRMABLE, POST, 4, List.of("linli"), -1, new byte[0]),
            message(CONFIRMABLE, POST, 5, List.of("linli", "a", "b"), -1, new byte[] {'{'}),
            message(CONFIRMABLE, 5, 6, List.of(), -1, new byte[0]));
    assault.stream(
        100,
        number -> {
          byte[] question = questions.get(number % questions.size());
          try (DatagramSocket socket = socket(assault)) {
            send(socket, question);
            assault.did(1);
            long answered = answers(socket);
            if (answered > (long) MOST_AMPLIFICATION * (question.length + HEADERS)) {
              assault.found(
                  "CoAP answers %s of %d bytes with %d on the wire, %d x at most are allowed"
                      .formatted(
                          name(number % questions.size()),
                          question.length + HEADERS,
                          answered,
                          MOST_AMPLIFICATION));
            }
          }
        });
  }

  private static String name(int question) {
    return List.of(
            "GET /.well-known/core",
            "NON GET /.well-known/core",
            "GET /x",
            "POST /linli",
            "POST /linli/a/b",
            "code 0.05")
        .get(question);
  }

  /** The bytes of all answers, including retransmissions, while this side stays silent. */
  private static long answers(DatagramSocket socket) throws IOException {
    long bytes = 0;
    DatagramPacket answer = new DatagramPacket(new byte[64 * 1024], 64 * 1024);
    socket.setSoTimeout(ANSWER_MILLIS);
    try {
      while (true) {
        socket.receive(answer);
        bytes += answer.getLength() + HEADERS;
      }
    } catch (SocketTimeoutException e) {
      return bytes;
    }
  }

  private static DatagramSocket socket(Assault assault) throws IOException {
    DatagramSocket socket = new DatagramSocket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), assault.port(Port.GATEWAY_COAP)));
    return socket;
  }

  private static void send(DatagramSocket socket, byte[] bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length));
  }

  /**
   * A message with a token of two bytes (RFC 7252, section 3).
   *
   * @param block value of Block1; -1 for none
   */
  private static byte[] message(
      int type, int code, int id, List<String> path, int block, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(type | 2);
    out.write(code);
    out.write(id >> 8);
    out.write(id);
    out.write(id >> 8);
    out.write(id);
    int before = 0;
    for (String part : path) {
      before = option(out, before, URI_PATH, part.getBytes(StandardCharsets.UTF_8));
    }
    if (payload.length > 0) {
      before = option(out, before, CONTENT_FORMAT, new byte[] {JSON});
    }
    if (block >= 0) {
      option(out, before, BLOCK_1, new byte[] {(byte) block});
    }
    if (payload.length > 0) {
      out.write(0xFF);
      out.writeBytes(payload);
    }
    return out.toByteArray();
  }

  private static int option(ByteArrayOutputStream out, int before, int number, byte[] value) {
    int delta = number - before;
    int length = value.length;
    out.write(nibble(delta) << 4 | nibble(length));
    for (int rest : new int[] {delta, length}) {
      if (rest >= 269) {
        out.write(rest - 269 >> 8);
        out.write(rest - 269);
      } else if (rest >= 13) {
        out.write(rest - 13);
      }
    }
    out.writeBytes(value);
    return number;
  }

  private static int nibble(int number) {
    return number >= 269 ? 14 : Math.min(number, 13);
  }
}
