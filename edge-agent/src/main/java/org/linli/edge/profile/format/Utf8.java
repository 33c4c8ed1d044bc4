package org.linli.edge.profile.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Validates UTF-8 by RFC 3629: no overlong forms, no halves of surrogate pairs. */
public final class Utf8 {

  /** Eight bytes at once, because most of each message is ASCII. */
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /**
   * @return the index of the first byte that does not begin a valid character, or -1
   */
  public static int firstMalformed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (at + Long.BYTES <= to && ((long) EIGHT.get(bytes, at) & NOT_ASCII) == 0) {
        at += Long.BYTES;
        continue;
      }
      int lead = bytes[at];
      if (lead >= 0) {
        at++;
        continue;
      }
      int length = length(lead & 0xff);
      if (length == 0 || at + length > to || !isCharacter(bytes, at, length)) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /**
   * Whether it is valid, and has characters of three bytes or more, as Chinese has. Bytes of GBK
   * are valid by chance only where each pair of them is one character of two bytes.
   */
  public static boolean isChinese(byte[] bytes) {
    boolean isLong = false;
    for (byte each : bytes) {
      isLong |= (each & 0xff) >= 0xe0;
    }
    return isLong && firstMalformed(bytes, 0, bytes.length) < 0;
  }

  private static int length(int lead) {
    if (lead >= 0xc2 && lead <= 0xdf) {
      return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      return 3;
    }
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  }

  private static boolean isCharacter(byte[] bytes, int at, int length) {
    int second = bytes[at + 1] & 0xff;
    boolean secondFits =
        switch (bytes[at] & 0xff) {
          case 0xe0 -> second >= 0xa0 && second <= 0xbf;
          case 0xed -> second >= 0x80 && second <= 0x9f;
          case 0xf0 -> second >= 0x90 && second <= 0xbf;
          case 0xf4 -> second >= 0x80 && second <= 0x8f;
          default -> (second & 0xc0) == 0x80;
        };
    for (int i = at + 2; i < at + length; i++) {
      secondFits &= (bytes[i] & 0xc0) == 0x80;
    }
    return secondFits;
  }
}
