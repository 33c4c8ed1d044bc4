package org.linli.edge.profile.mapping;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Boundary;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Multipart;
import org.linli.edge.profile.format.ReceivedText;
import org.linli.edge.profile.format.Utf8;
import org.linli.program.yaml.Parsers;

/**
 * Finds the payload that a mapping reads, as UTF-8.
 *
 * @param part name of the part of a multipart message; null for the whole message
 * @param charset of the payload
 */
record PayloadText(@Nullable String part, Charset charset) {

  private static final List<String> NAMES = List.of("utf-8", "gb2312", "gbk", "gb18030", "latin-1");

  private static final int LONGEST_PART = 100;

  /**
   * The bytes as they came.
   *
   * @param beside is told of other parts that cannot be read
   */
  byte[] bytes(Delivered message, Consumer<Unreadable> beside) throws Unreadable {
    if (part == null && Boundary.isExpected(message.contentType())) {
      throw new Unreadable(
          RefusalReason.UNSUPPORTED_FORMAT,
          "the message has several parts: name the one to read with part: in the mapping");
    }
    return part != null && Multipart.is(message.contentType(), message.payload())
        ? Multipart.named(part, Multipart.read(message.contentType(), message.payload(), beside))
            .body()
        : message.payload();
  }

  /**
   * The text in UTF-8.
   *
   * @param faults takes what is not in the charset; what else the text says counts
   */
  byte[] utf8(Delivered message, DocumentFaults faults) throws Unreadable {
    byte[] bytes = bytes(message, faults::lacksValue);
    return charset.equals(StandardCharsets.UTF_8)
        ? ReceivedText.utf8(bytes, faults::lacksValue)
        : inUtf8(bytes, faults);
  }

  private byte[] inUtf8(byte[] payload, DocumentFaults faults) {
    if (charset.equals(ReceivedText.CHINESE) && Utf8.isChinese(payload)) {
      faults.note("the text is UTF-8, and not " + charset.name() + " as the mapping says");
      return ReceivedText.utf8(payload, _ -> {});
    }
    try {
      CharBuffer text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(payload, 0, ReceivedText.end(payload)));
      return text.toString().getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException malformed) {
      faults.lacksValue(
          new Unreadable(
              RefusalReason.BAD_FIELD,
              "the text is not " + charset.name() + ", as the mapping says"));
      return ReceivedText.utf8(payload, _ -> {});
    }
  }

  /** What may be wrong with {@code part}, if nothing is found in the message; empty for nothing. */
  String doubt(Delivered message) {
    String wanted = part;
    if (wanted == null) {
      return "";
    }
    if (!Multipart.is(message.contentType(), message.payload())) {
      return "; it has no parts, so that it was read as a whole and not its part " + wanted;
    }
    try {
      return Multipart.read(message.contentType(), message.payload(), _ -> {}).stream()
              .anyMatch(each -> each.isNamed(wanted))
          ? ""
          : "; it has no part " + wanted + ", so that its first one that is no picture was read";
    } catch (Unreadable broken) {
      return "";
    }
  }

  /** Parses {@code charset} of a mapping. */
  static Charset charset(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "utf-8" -> StandardCharsets.UTF_8;
      case "gb2312", "gbk", "gb18030" -> ReceivedText.CHINESE;
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
