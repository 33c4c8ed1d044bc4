package org.linli.edge.profile.format;

import java.nio.charset.StandardCharsets;
import org.linli.program.Shown;

/** The name of a field in a CBOR message (RFC 8949 section 3), for people. */
final class CborName {

  private CborName() {}

  /**
   * Returns the name that begins at that position, which {@link CborCheck} has checked; of one in
   * chunks, the first chunk.
   */
  static String at(byte[] bytes, int start) {
    int major = (bytes[start] & 0xff) >> 5;
    int header = bytes[start] & 0x1f;
    if (major <= 1) {
      return "label " + label(bytes, major, header, start);
    }
    if (header == 31) {
      return (bytes[start + 1] & 0xff) == 0xff ? "" : at(bytes, start + 1);
    }
    int content = start + 1 + (header < 24 ? 0 : 1 << (header - 24));
    int length = header;
    for (int i = start + 1; i < content; i++) {
      length = i == start + 1 ? bytes[i] & 0xff : length << 8 | bytes[i] & 0xff;
    }
    return Shown.text(new String(bytes, content, length, StandardCharsets.UTF_8));
  }

  private static String label(byte[] bytes, int major, int header, int start) {
    long number = header;
    if (header >= 24) {
      number = 0;
      for (int i = 0; i < 1 << (header - 24); i++) {
        number = number << 8 | bytes[start + 1 + i] & 0xff;
      }
    }
    return major == 0 ? Long.toUnsignedString(number) : Long.toString(-1 - number);
  }
}
