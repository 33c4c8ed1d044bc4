package org.linli.sims.link;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The part of a CoAP message (RFC 7252 section 3) that a device needs. It is written here so that
 * the checks share no protocol code with the programs under test.
 *
 * @param code class in the upper three bits, detail in the lower five; 0 for an empty message
 * @param token up to 8 bytes as a number, read and written as 4
 */
record CoapMessage(Type type, int code, int messageId, int token, byte[] payload) {

  /** In the order of their numbers. */
  enum Type {
    CONFIRMABLE,
    NON_CONFIRMABLE,
    ACKNOWLEDGEMENT,
    RESET
  }

  static final int POST = 0x02;
  static final int EMPTY = 0;

  private static final int VERSION = 0x40;
  private static final int TOKEN_BYTES = 4;
  private static final int URI_PATH = 11;
  private static final int CONTENT_FORMAT = 12;
  private static final int PAYLOAD_MARKER = 0xFF;

  /** A message without token, options or payload: a ping, an acknowledgement or a reset. */
  static byte[] empty(Type type, int messageId) {
    return new byte[] {
      (byte) (VERSION | type.ordinal() << 4), EMPTY, (byte) (messageId >> 8), (byte) messageId
    };
  }

  /** A confirmable POST; slashes separate the parts of its path. */
  static byte[] post(int messageId, int token, Letter letter) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 + letter.payload().length);
    out.write(VERSION | Type.CONFIRMABLE.ordinal() << 4 | TOKEN_BYTES);
    out.write(POST);
    out.write(messageId >> 8);
    out.write(messageId);
    out.writeBytes(ByteBuffer.allocate(TOKEN_BYTES).putInt(token).array());
    int before = 0;
    for (String part : letter.address().split("/")) {
      writeOption(out, URI_PATH - before, part.getBytes(StandardCharsets.UTF_8));
      before = URI_PATH;
    }
    writeOption(out, CONTENT_FORMAT - before, new byte[] {(byte) letter.media().contentFormat()});
    out.write(PAYLOAD_MARKER);
    out.writeBytes(letter.payload());
    return out.toByteArray();
  }

  /** Parses a datagram; empty for one that is not CoAP, which section 4.2 says to ignore. */
  static Optional<CoapMessage> read(byte[] datagram, int length) {
    ByteBuffer in = ByteBuffer.wrap(datagram, 0, length);
    if (length < 4 || (datagram[0] & 0xC0) != VERSION) {
      return Optional.empty();
    }
    int first = in.get();
    int code = Byte.toUnsignedInt(in.get());
    int messageId = Short.toUnsignedInt(in.getShort());
    int tokenBytes = first & 0x0F;
    if (tokenBytes > 8 || in.remaining() < tokenBytes) {
      return Optional.empty();
    }
    int token = number(in, tokenBytes);
    Type type = Type.values()[first >> 4 & 0x03];
    return payload(in).map(payload -> new CoapMessage(type, code, messageId, token, payload));
  }

  /** 2 for a success, 4 for the client's error, 5 for the server's. */
  int codeClass() {
    return code >> 5;
  }

  /** In the usual notation, for example 4.04. */
  String codeText() {
    return "%d.%02d".formatted(codeClass(), code & 0x1F);
  }

  private static int number(ByteBuffer in, int bytes) {
    int number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | Byte.toUnsignedInt(in.get());
    }
    return number;
  }

  private static void writeOption(ByteArrayOutputStream out, int delta, byte[] value) {
    // Our deltas are below 13; a value of 13 bytes or more has one more byte for its length.
    out.write(delta << 4 | Math.min(13, value.length));
    if (value.length >= 13) {
      out.write(value.length - 13);
    }
    out.writeBytes(value);
  }

  /** Skips the options; a device needs none of them. */
  private static Optional<byte[]> payload(ByteBuffer in) {
    while (in.hasRemaining()) {
      int first = Byte.toUnsignedInt(in.get());
      if (first == PAYLOAD_MARKER) {
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        return Optional.of(payload);
      }
      int delta = extended(in, first >> 4);
      int length = extended(in, first & 0x0F);
      if (delta < 0 || length < 0 || length > in.remaining()) {
        return Optional.empty();
      }
      in.position(in.position() + length);
    }
    return Optional.of(new byte[0]);
  }

  private static int extended(ByteBuffer in, int nibble) {
    return switch (nibble) {
      case 13 -> in.remaining() < 1 ? -1 : 13 + Byte.toUnsignedInt(in.get());
      case 14 -> in.remaining() < 2 ? -1 : 269 + Short.toUnsignedInt(in.getShort());
      case 15 -> -1;
      default -> nibble;
    };
  }
}
