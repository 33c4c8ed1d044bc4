package org.linli.edge.profile.life;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Other ways in which bytes that nobody could read may be a text: behind escapes, in UTF-16, in
 * full-width letters, and in base64. Each of them is a pass over the bytes, taken only if there are
 * signs of it.
 */
final class Readings {

  static final Charset GBK = Charset.forName("GB18030");

  /** Without Big5 where a small Java does not have it. */
  static final List<Charset> CHINESE =
      Stream.of("GB18030", "Big5").filter(Charset::isSupported).map(Charset::forName).toList();

  /** How often escapes within escapes are undone. */
  private static final int MOST_ESCAPED = 2;

  private static final int SHORTEST_BASE64 = 8;
  private static final int LONGEST_BASE64 = 2_048;

  /** How many units are looked at to tell UTF-16, and how many of ten must be of a text. */
  private static final int UNITS_LOOKED_AT = 512;

  private static final int OF_TEN = 9;

  /** Of so many bytes one is none of plain text: a zero, or half of a Chinese character. */
  private static final int MOST_ASCII = 4;

  private static final byte WIDE_LEAD = (byte) 0xEF;
  private static final byte WIDE_LEAD_OF_GBK = (byte) 0xA3;

  private Readings() {}

  /** All of them; none for an ordinary text. */
  static List<byte[]> of(byte[] bytes) {
    List<byte[]> readings = new ArrayList<>(unmasked(bytes));
    for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      if (isText(bytes, wide)) {
        byte[] text = new String(bytes, wide).getBytes(StandardCharsets.UTF_8);
        readings.add(text);
        readings.addAll(unmasked(text));
      }
    }
    byte[] decoded = ofBase64(bytes);
    if (decoded.length > 0) {
      readings.add(decoded);
      readings.addAll(unmasked(decoded));
    }
    return readings;
  }

  private static List<byte[]> unmasked(byte[] bytes) {
    List<byte[]> readings = new ArrayList<>();
    byte[] text = bytes;
    for (int i = 0; i < MOST_ESCAPED && Escapes.mayHave(text); i++) {
      byte[] undone = Escapes.undone(text);
      if (undone.length == text.length) {
        break;
      }
      readings.add(undone);
      text = undone;
    }
    if (hasWide(text)) {
      readings.add(narrowed(text, isUtf8(text)));
    }
    return readings;
  }

  private static boolean hasWide(byte[] bytes) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (isWide(bytes, i) || isWideInGbk(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException other) {
      return false;
    }
  }

  /** U+FF01 to U+FF5E in UTF-8. */
  private static boolean isWide(byte[] bytes, int at) {
    return bytes[at] == WIDE_LEAD
        && at + 2 < bytes.length
        && ((bytes[at + 1] & 0xFF) == 0xBC || (bytes[at + 1] & 0xFF) == 0xBD)
        && bytes[at + 2] < 0;
  }

  private static boolean isWideInGbk(byte[] bytes, int at) {
    return bytes[at] == WIDE_LEAD_OF_GBK
        && at + 1 < bytes.length
        && (bytes[at + 1] & 0xFF) > 0xA0
        && bytes[at + 1] != (byte) 0xFF;
  }

  /** With full-width letters and signs as plain ones. */
  private static byte[] narrowed(byte[] bytes, boolean isUtf8) {
    ByteArrayOutputStream narrow = new ByteArrayOutputStream(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      if (isUtf8 && isWide(bytes, at)) {
        int sign = (((bytes[at + 1] & 0x3F) << 6) | (bytes[at + 2] & 0x3F)) - 0xF00 + ' ';
        narrow.write(sign);
        at += 2 + 1;
      } else if (!isUtf8 && isWideInGbk(bytes, at)) {
        narrow.write(bytes[at + 1] & 0x7F);
        at += 2;
      } else {
        narrow.write(bytes[at]);
        at++;
      }
    }
    return narrow.toByteArray();
  }

  /** Whether nearly all units are letters, digits, Chinese characters, or their signs. */
  private static boolean isText(byte[] bytes, Charset wide) {
    int units = Math.min(bytes.length / 2, UNITS_LOOKED_AT);
    int first = wide.equals(StandardCharsets.UTF_16BE) ? 0 : 1;
    int good = 0;
    int notAscii = 0;
    for (int i = 0; i < units; i++) {
      int unit = (bytes[2 * i + first] & 0xFF) << 8 | bytes[2 * i + 1 - first] & 0xFF;
      boolean isLatin = unit >= ' ' && unit < 0x7F || unit == '\n' || unit == '\r' || unit == 0;
      boolean isChinese = unit >= 0x3000 && unit < 0xA000 || unit >= 0xFF01 && unit < 0xFF5F;
      notAscii += bytes[2 * i] < ' ' ? 1 : 0;
      notAscii += bytes[2 * i + 1] < ' ' ? 1 : 0;
      good += isLatin || isChinese || unit == 0xFEFF ? 1 : 0;
    }
    // Two letters of plain text look like one Chinese character.
    return units > 1 && 10 * good >= OF_TEN * units && MOST_ASCII * notAscii >= units;
  }

  /** All short texts in base64 that are there, with a line end between them. */
  private static byte[] ofBase64(byte[] bytes) {
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    int from = 0;
    for (int at = 0; at <= bytes.length; at++) {
      if (at < bytes.length && isOfBase64(bytes[at])) {
        continue;
      }
      if (at - from >= SHORTEST_BASE64 && at - from <= LONGEST_BASE64) {
        byte[] decoded = decoded(bytes, from, at);
        if (isText(decoded)
            || isText(decoded, StandardCharsets.UTF_16LE)
            || isText(decoded, StandardCharsets.UTF_16BE)) {
          texts.writeBytes(decoded);
          texts.write('\n');
        }
      }
      from = at + 1;
    }
    return texts.toByteArray();
  }

  private static byte[] decoded(byte[] bytes, int from, int to) {
    byte[] run = new byte[to - from];
    for (int i = from; i < to; i++) {
      run[i - from] = bytes[i] == '-' ? (byte) '+' : bytes[i] == '_' ? (byte) '/' : bytes[i];
    }
    try {
      return Base64.getDecoder().decode(run);
    } catch (IllegalArgumentException none) {
      return new byte[0];
    }
  }

  private static boolean isOfBase64(byte b) {
    return Letters.isLetter(b) || b >= '0' && b <= '9' || "+/-_".indexOf(b) >= 0;
  }

  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && "\t\n\r".indexOf(b) < 0) {
        return false;
      }
    }
    return bytes.length > 0;
  }
}
