package org.linli.edge.local;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The beginning of a message as a person can read it: UTF-8, otherwise GB 18030, otherwise the text
 * before its first byte that is none. What does not begin with text is binary, and shown in
 * hexadecimal digits.
 *
 * @param rest how many bytes of the sample it does not show
 */
record SampleText(String shown, Form form, int rest) {

  enum Form {
    TEXT,
    TEXT_THEN_BINARY,
    BINARY
  }

  private static final Charset CHINESE = Charset.forName("GB18030");

  /** Fewer bytes than these before the first that is no text are an accident. */
  private static final int FEWEST = 16;

  private static final int BYTES_SHOWN = 32;

  /** A character that the end of the sample cuts has at most as many bytes less one. */
  private static final int LONGEST_CHARACTER = 4;

  /** The text at the beginning of a sample, and how many of its bytes that is. */
  private record Beginning(String text, int bytes) {

    static Beginning of(byte[] sample, Charset charset) {
      ByteBuffer in = ByteBuffer.wrap(sample);
      CharBuffer out = CharBuffer.allocate(sample.length);
      // Stops before what is no character, and before one that is cut.
      var _ = charset.newDecoder().decode(in, out, false);
      return new Beginning(out.flip().toString(), in.position());
    }

    /** Whether it is all text; one control character in eight is still one. */
    boolean isText() {
      long control =
          text.chars().filter(c -> Character.isISOControl(c) && "\r\n\t".indexOf(c) < 0).count();
      return text.indexOf('\0') < 0 && control * 8 <= text.length();
    }

    boolean isWholeOf(byte[] sample) {
      return bytes > sample.length - LONGEST_CHARACTER;
    }
  }

  static SampleText of(byte[] sample) {
    Beginning utf8 = Beginning.of(sample, StandardCharsets.UTF_8);
    for (Beginning each : new Beginning[] {utf8, Beginning.of(sample, CHINESE)}) {
      if (each.isWholeOf(sample) && each.isText()) {
        return new SampleText(Printable.lines(each.text()), Form.TEXT, 0);
      }
    }
    int nul = utf8.text().indexOf('\0');
    String before = nul < 0 ? utf8.text() : utf8.text().substring(0, nul);
    int bytes = before.getBytes(StandardCharsets.UTF_8).length;
    if (bytes >= FEWEST && new Beginning(before, bytes).isText()) {
      return new SampleText(Printable.lines(before), Form.TEXT_THEN_BINARY, sample.length - bytes);
    }
    int shown = Math.min(sample.length, BYTES_SHOWN);
    return new SampleText(
        HexFormat.ofDelimiter(" ").formatHex(sample, 0, shown), Form.BINARY, sample.length - shown);
  }
}
