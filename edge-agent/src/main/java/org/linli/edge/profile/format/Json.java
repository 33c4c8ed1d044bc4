package org.linli.edge.profile.format;

import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Unreadable;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Parses a whole JSON document (RFC 8259), with limits: {@value #DEEPEST} nested arrays and
 * objects, strings of {@value #LONGEST_STRING} characters, numbers of {@value #LONGEST_NUMBER}. It
 * allocates no more than a small multiple of the message. Of a name that is there twice, what tells
 * an alarm counts ({@link TwiceSaid}).
 */
public final class Json {

  private static final int DEEPEST = 32;
  private static final int LONGEST_STRING = 1 << 20;
  private static final int LONGEST_NAME = 1_024;
  private static final int LONGEST_NUMBER = 400;
  private static final int LONGEST_DETAIL = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_STRING)
                          .maxNameLength(LONGEST_NAME)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .errorReportConfiguration(
                      ErrorReportConfiguration.builder()
                          .maxErrorTokenLength(16)
                          .maxRawContentLength(0)
                          .build())
                  .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                  .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Reads a document, without what firmware sends around it ({@link ReceivedText}).
   *
   * @throws Unreadable with line and column of the first error
   */
  public static JsonNode read(byte[] document) throws Unreadable {
    return read(document, new TwiceSaid());
  }

  private static JsonNode read(byte[] document, TwiceSaid twice) throws Unreadable {
    int begin = ReceivedText.begin(document);
    int end = ReceivedText.end(document);
    int broken = Utf8.firstMalformed(document, begin, end);
    if (broken >= 0) {
      throw new Unreadable(RefusalReason.NOT_JSON, "byte " + broken + ": is not UTF-8");
    }
    JsonNode read;
    try {
      read = MAPPER.reader().with(twice).readTree(document, begin, end - begin);
    } catch (StreamConstraintsException tooLarge) {
      throw new Unreadable(RefusalReason.TOO_LARGE, detail(tooLarge));
    } catch (JacksonException malformed) {
      throw new Unreadable(RefusalReason.NOT_JSON, detail(malformed));
    }
    if (read == null || read.isMissingNode()) {
      throw new Unreadable(RefusalReason.NOT_JSON, "the message is empty");
    }
    twice.settle();
    return read;
  }

  /** As above; marks the events of what says one thing twice and differently. */
  public static JsonNode read(byte[] document, Consumer<String> mark) throws Unreadable {
    TwiceSaid twice = new TwiceSaid();
    JsonNode read = read(document, twice);
    twice.contradicted().forEach(mark);
    return read;
  }

  /**
   * As above, for a profile's message. Bytes that are not UTF-8 are told too, and mended; what else
   * it says counts.
   */
  public static JsonNode read(byte[] document, MessageReading reading) throws Unreadable {
    return read(document, reading::mended, reading::note);
  }

  /** As above, for a document that must be an object. */
  public static JsonNode object(byte[] document, MessageReading reading) throws Unreadable {
    return object(read(document, reading));
  }

  private static JsonNode read(byte[] document, Consumer<Unreadable> beside, Consumer<String> mark)
      throws Unreadable {
    return read(
        ReceivedText.utf8(
            document,
            unreadable ->
                beside.accept(
                    new Unreadable(RefusalReason.NOT_JSON, unreadable.refusal().detail()))),
        mark);
  }

  /** As above, for a document that must be an object, outside of a reading. */
  public static JsonNode object(byte[] document, Consumer<String> defects) throws Unreadable {
    return object(read(document, broken -> defects.accept(broken.refusal().detail()), defects));
  }

  /**
   * As {@link #read(byte[])}, for a document that must be an object.
   *
   * @throws Unreadable also if it is something else
   */
  public static JsonNode object(byte[] document) throws Unreadable {
    return object(read(document));
  }

  private static JsonNode object(JsonNode read) throws Unreadable {
    if (!read.isObject()) {
      throw new Unreadable(RefusalReason.BAD_FIELD, "the message is no JSON object");
    }
    return read;
  }

  /** Whether a payload that may be something else looks like a JSON object. */
  public static boolean beginsAnObject(byte[] payload) {
    for (int i = ReceivedText.begin(payload); i < payload.length; i++) {
      if ((payload[i] & 0xff) > ' ') {
        return payload[i] == '{';
      }
    }
    return false;
  }

  /**
   * A payload that is a single value: a number or boolean in JSON form; anything else is text,
   * stripped of surrounding space.
   *
   * @throws Unreadable if it is not UTF-8
   */
  public static JsonNode scalar(byte[] payload) throws Unreadable {
    String text = ScalarPayload.read(payload);
    try {
      JsonNode value = read(payload);
      if (value.isNumber() || value.isBoolean()) {
        return value;
      }
    } catch (Unreadable aWord) {
      return JsonNodeFactory.instance.stringNode(text);
    }
    return JsonNodeFactory.instance.stringNode(text);
  }

  /**
   * A required string.
   *
   * @throws Unreadable naming the field
   */
  public static String text(JsonNode object, String field) throws Unreadable {
    JsonNode found = object.get(field);
    if (found == null || found.isNull()) {
      throw new Unreadable(RefusalReason.MISSING_FIELD, field + ": is missing");
    }
    if (!found.isString()) {
      throw new Unreadable(RefusalReason.BAD_FIELD, field + ": is not a string");
    }
    return found.stringValue();
  }

  private static String detail(JacksonException problem) {
    TokenStreamLocation at = problem.getLocation();
    String place =
        at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    String said =
        String.valueOf(problem.getOriginalMessage()).lines().limit(1).collect(Collectors.joining());
    String full = place + said;
    return full.length() > LONGEST_DETAIL ? full.substring(0, LONGEST_DETAIL) : full;
  }
}
