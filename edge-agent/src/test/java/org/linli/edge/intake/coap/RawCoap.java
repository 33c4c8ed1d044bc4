package org.linli.edge.intake.coap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linli.edge.RunningGateway;

/** A device that writes and reads its datagrams itself, byte by byte (RFC 7252 section 3). */
final class RawCoap implements AutoCloseable {

  static final int CON = 0;
  static final int NON = 1;
  static final int ACK = 2;
  static final int RST = 3;

  static final int POST = 0x02;
  static final int PUT = 0x03;
  static final int GET = 0x01;

  static final int URI_PATH = 11;
  static final int CONTENT_FORMAT = 12;
  static final int BLOCK1 = 27;
  static final int PROXY_URI = 35;
  static final int SIZE1 = 60;

  private final DatagramSocket socket;
  private final InetAddress address;
  private final int port;

  RawCoap(RunningGateway gateway) throws IOException {
    this(URI.create(gateway.coap("")).getPort());
  }

  /**
   * @param port of a door on this machine
   */
  RawCoap(int port) throws IOException {
    this.port = port;
    address = InetAddress.getByName("127.0.0.1");
    socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    socket.setSoTimeout(5_000);
  }

  record Option(int number, byte[] value) {
    static Option text(int number, String value) {
      return new Option(number, value.getBytes(StandardCharsets.UTF_8));
    }

    /** As short as it can be written. */
    static Option number(int number, int value) {
      int length = (32 - Integer.numberOfLeadingZeros(value) + 7) / 8;
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) (value >> 8 * (length - 1 - i));
      }
      return new Option(number, bytes);
    }

    static Option[] path(String path) {
      return Arrays.stream(path.substring(1).split("/", -1))
          .map(part -> text(URI_PATH, part))
          .toArray(Option[]::new);
    }
  }

  /** What came back. */
  record Answer(byte[] bytes) {
    int type() {
      return bytes[0] >> 4 & 3;
    }

    /** As people write it: {@code 2.04}. */
    String code() {
      return "%d.%02d".formatted(bytes[1] >> 5 & 7, bytes[1] & 0x1f);
    }

    int id() {
      return (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    String token() {
      return HexFormat.of().formatHex(bytes, 4, 4 + (bytes[0] & 0xf));
    }

    String payload() {
      for (int at = 4 + (bytes[0] & 0xf); at < bytes.length; at++) {
        if (bytes[at] == (byte) 0xff) {
          return new String(bytes, at + 1, bytes.length - at - 1, StandardCharsets.UTF_8);
        }
      }
      return "";
    }
  }

  static byte[] message(
      int type, int code, int id, String token, List<Option> options, String payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] tokenBytes = HexFormat.of().parseHex(token);
    out.write(0x40 | type << 4 | tokenBytes.length);
    out.write(code);
    out.write(id >> 8);
    out.write(id);
    out.writeBytes(tokenBytes);
    int last = 0;
    for (Option option :
        options.stream().sorted(Comparator.comparingInt(Option::number)).toList()) {
      int delta = option.number() - last;
      int length = option.value().length;
      out.write(nibble(delta) << 4 | nibble(length));
      extend(out, delta);
      extend(out, length);
      out.writeBytes(option.value());
      last = option.number();
    }
    if (!payload.isEmpty()) {
      out.write(0xff);
      out.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  static byte[] post(int type, int id, String token, String path, String payload, Option... more) {
    return message(
        type,
        POST,
        id,
        token,
        Stream.concat(Arrays.stream(Option.path(path)), Arrays.stream(more)).toList(),
        payload);
  }

  private static int nibble(int value) {
    return value < 13 ? value : value < 269 ? 13 : 14;
  }

  private static void extend(ByteArrayOutputStream out, int value) {
    if (value >= 269) {
      out.write(value - 269 >> 8);
      out.write(value - 269);
    } else if (value >= 13) {
      out.write(value - 13);
    }
  }

  void send(byte[] datagram) throws IOException {
    socket.send(new DatagramPacket(datagram, datagram.length, address, port));
  }

  Answer exchange(byte[] datagram) throws IOException {
    send(datagram);
    return receive();
  }

  Answer receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
    socket.receive(packet);
    return new Answer(Arrays.copyOf(packet.getData(), packet.getLength()));
  }

  /** Whatever comes within so many milliseconds. */
  Optional<Answer> receiveWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return Optional.of(receive());
    } catch (SocketTimeoutException nothing) {
      return Optional.empty();
    } finally {
      socket.setSoTimeout(5_000);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
