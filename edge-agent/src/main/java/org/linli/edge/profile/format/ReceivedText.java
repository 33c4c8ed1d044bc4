package org.linli.edge.profile.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/**
 * Texts as firmware sends them: after the mark of UTF-8, with the NUL bytes and line ends of a
 * buffer that was sent whole, and with Chinese names in GBK under the name of UTF-8. Every reader
 * of texts begins here.
 */
public final class ReceivedText {

  /** GB 18030 contains GBK, which contains GB 2312. */
  public static final Charset CHINESE = Charset.forName("GB18030");

  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
  private static final int BYTE_ORDER_MARK = 3;

  /** End a text or a line. No character of either encoding holds one of these bytes. */
  private static final String ENDS = "\"\n<>";

  /** The bytes of two characters of UTF-16. */
  private static final int WIDE = 4;

  private ReceivedText() {}

  /** UTF-16, if the text is in it: by its mark, or by the zeros in its first signs. */
  public static @Nullable Charset utf16(byte[] bytes) {
    if (bytes.length < WIDE) {
      return null;
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (first == 0xfe && second == 0xff || first == 0 && isWide(second) && bytes[2] == 0) {
      return StandardCharsets.UTF_16BE;
    }
    return first == 0xff && second == 0xfe || isWide(first) && second == 0 && bytes[WIDE - 1] == 0
        ? StandardCharsets.UTF_16LE
        : null;
  }

  /** Whether a document may begin with it. */
  private static boolean isWide(int sign) {
    return sign == '{' || sign == '[' || sign == '<';
  }

  /** The text without its byte order mark. */
  static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Where the text begins: after the mark of UTF-8, if it is there. */
  public static int begin(byte[] bytes) {
    return bytes.length >= BYTE_ORDER_MARK
            && bytes[0] == (byte) 0xef
            && bytes[1] == (byte) 0xbb
            && bytes[2] == (byte) 0xbf
        ? BYTE_ORDER_MARK
        : 0;
  }

  /** Where it ends: before trailing NUL bytes and white space, in any order. */
  public static int end(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] >= 0 && bytes[end - 1] <= ' ') {
      end--;
    }
    return Math.max(end, begin(bytes));
  }

  /** The text without surrounding space and trailing NUL characters. */
  public static String withoutPadding(String text) {
    return withoutTrailingPadding(text).stripLeading();
  }

  /** The text without trailing space and NUL characters, so that its lines and columns stay. */
  public static String withoutTrailingPadding(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == 0 || Character.isWhitespace(text.charAt(end - 1)))) {
      end--;
    }
    return text.substring(0, end);
  }

  /**
   * The text in UTF-8, without what surrounds it. Bytes that are not UTF-8 are told, and read as GB
   * 18030 where they are that; else they are replaced. Each text between quotes or tags, and each
   * line, is judged by itself. UTF-16 is told, and read.
   */
  public static byte[] utf8(byte[] bytes, Consumer<Unreadable> beside) {
    Charset wide = utf16(bytes);
    if (wide != null) {
      beside.accept(new Unreadable(RefusalReason.BAD_FIELD, "is UTF-16; send UTF-8"));
      String text = withoutPadding(withoutMark(new String(bytes, wide)));
      return text.getBytes(StandardCharsets.UTF_8);
    }
    int begin = begin(bytes);
    int end = end(bytes);
    int broken = Utf8.firstMalformed(bytes, begin, end);
    if (broken < 0) {
      return begin == 0 && end == bytes.length ? bytes : slice(bytes, begin, end);
    }
    ByteArrayOutputStream mended = new ByteArrayOutputStream(end - begin + 64);
    // One for all: a message may have as many broken texts as half its bytes.
    CharsetDecoder chinese =
        CHINESE
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    int from = begin;
    boolean isAllChinese = true;
    for (int at = begin; at <= end; at++) {
      if (at == end || ENDS.indexOf(bytes[at]) >= 0) {
        isAllChinese &= mend(bytes, from, at, chinese, mended);
        from = at;
      }
    }
    beside.accept(notUtf8(broken, isAllChinese));
    return mended.toByteArray();
  }

  private static Unreadable notUtf8(int at, boolean isChinese) {
    String place = "byte " + at + ": ";
    return isChinese
        ? new Unreadable(
            RefusalReason.BAD_FIELD,
            place + "is not UTF-8, but may be GB 18030 (GBK); send UTF-8",
            place + "is not UTF-8, and was read as GB 18030")
        : new Unreadable(
            RefusalReason.BAD_FIELD,
            place + "is not UTF-8; send UTF-8",
            place + "is not UTF-8, and cannot be read");
  }

  /** False if something cannot be read. */
  private static boolean mend(
      byte[] bytes, int from, int to, CharsetDecoder chinese, ByteArrayOutputStream mended) {
    if (Utf8.firstMalformed(bytes, from, to) < 0) {
      mended.write(bytes, from, to - from);
      return true;
    }
    CharBuffer text = CharBuffer.allocate(to - from);
    ByteBuffer said = ByteBuffer.wrap(bytes, from, to - from);
    boolean isChinese =
        chinese.reset().decode(said, text, true).isUnderflow() && chinese.flush(text).isUnderflow();
    if (isChinese) {
      mended.writeBytes(text.flip().toString().getBytes(StandardCharsets.UTF_8));
    } else {
      replace(bytes, from, to, mended);
    }
    return isChinese;
  }

  /** A backslash after a broken byte is its second half in GBK, and would escape what follows. */
  private static void replace(byte[] bytes, int from, int to, ByteArrayOutputStream mended) {
    int at = from;
    while (at < to) {
      int broken = Utf8.firstMalformed(bytes, at, to);
      int good = broken < 0 ? to : broken;
      mended.write(bytes, at, good - at);
      at = good;
      if (broken >= 0) {
        mended.writeBytes(REPLACEMENT);
        at += at + 1 < to && bytes[at + 1] == '\\' ? 2 : 1;
      }
    }
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    byte[] slice = new byte[to - from];
    System.arraycopy(bytes, from, slice, 0, slice.length);
    return slice;
  }
}
