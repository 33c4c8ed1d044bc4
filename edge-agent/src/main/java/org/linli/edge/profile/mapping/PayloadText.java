package org.linli.edge.profile.mapping;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Multipart;
import org.linli.program.yaml.Parsers;

/**
 * Finds the payload that a mapping reads, as UTF-8.
 *
 * @param part name of the part of a multipart message; null for the whole message
 * @param charset of the payload
 */
record PayloadText(@Nullable String part, Charset charset) {

  /** GB 18030 contains GBK, which contains GB 2312. */
  private static final Charset CHINESE = Charset.forName("GB18030");

  private static final List<String> NAMES = List.of("utf-8", "gb2312", "gbk", "gb18030", "latin-1");

  private static final int LONGEST_PART = 100;

  byte[] of(Delivered message) throws Unreadable {
    byte[] payload = message.payload();
    boolean isMultipart = Multipart.is(message.contentType());
    if (isMultipart && part == null) {
      throw new Unreadable(
          RefusalReason.UNSUPPORTED_FORMAT,
          "the message has several parts: name the one to read with part: in the mapping");
    }
    if (isMultipart && part != null) {
      payload =
          Multipart.named(part, Multipart.read(message.contentType(), message.payload())).body();
    }
    return charset.equals(StandardCharsets.UTF_8) ? payload : inUtf8(payload);
  }

  private byte[] inUtf8(byte[] payload) throws Unreadable {
    try {
      CharBuffer text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(payload));
      return text.toString().getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException malformed) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD, "the text is not " + charset.name() + ", as the mapping says");
    }
  }

  /** Parses {@code charset} of a mapping. */
  static Charset charset(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "utf-8" -> StandardCharsets.UTF_8;
      case "gb2312", "gbk", "gb18030" -> CHINESE;
      case "latin-1" -> StandardCharsets.ISO_8859_1;
      default -> throw Parsers.wrong(text, "write one of " + String.join(", ", NAMES) + ".");
    };
  }

  /** Parses {@code part} of a mapping. */
  static String part(String text) {
    if (text.isEmpty() || text.length() > LONGEST_PART) {
      throw Parsers.wrong(
          text, "write the name of a part, of 1 to " + LONGEST_PART + " characters.");
    }
    return text;
  }
}
