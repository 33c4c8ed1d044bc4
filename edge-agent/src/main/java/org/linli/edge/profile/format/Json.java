package org.linli.edge.profile.format;

import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.DocumentFaults;
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
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Parses a whole JSON document (RFC 8259), with limits ({@link JsonLimits#USUAL}) and strings of at
 * most {@value #LONGEST_STRING} characters. It allocates no more than a small multiple of the
 * message. Of a name that is there twice, what tells an alarm counts ({@link TwiceSaid}).
 */
public final class Json {

  private static final int LONGEST_STRING = 1 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(JsonLimits.USUAL.deepest())
                          .maxStringLength(LONGEST_STRING)
                          .maxNameLength(JsonLimits.USUAL.longestName())
                          .maxNumberLength(JsonLimits.USUAL.longestNumber())
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

  private static final ObjectReader READER = MAPPER.reader();

  private Json() {}

  /**
   * Reads a document, without what firmware sends around it ({@link ReceivedText}).
   *
   * @throws Unreadable with line and column of the first error
   */
  public static JsonNode read(byte[] document) throws Unreadable {
    int begin = ReceivedText.begin(document);
    int end = ReceivedText.end(document);
    int broken = Utf8.firstMalformed(document, begin, end);
    if (broken >= 0) {
      throw new Unreadable(RefusalReason.NOT_JSON, "byte " + broken + ": is not UTF-8");
    }
    return read(document, begin, end, new TwiceSaid());
  }

  private static JsonNode read(byte[] document, int begin, int end, TwiceSaid twice)
      throws Unreadable {
    JsonNode read;
    try {
      read = READER.with(twice).readTree(document, begin, end - begin);
    } catch (StreamConstraintsException tooLarge) {
      throw new Unreadable(
          RefusalReason.TOO_LARGE,
          place(tooLarge) + JsonProblem.said(tooLarge),
          place(tooLarge) + "is too large");
    } catch (JacksonException malformed) {
      throw new Unreadable(
          RefusalReason.NOT_JSON,
          place(malformed) + JsonProblem.said(malformed),
          place(malformed) + "is no JSON");
    }
    if (read == null || read.isMissingNode()) {
      throw new Unreadable(RefusalReason.NOT_JSON, "the message is empty");
    }
    twice.settle();
    return read;
  }

  /**
   * As above. Where it is no JSON, or beyond the limits, what is readable of it is read, and the
   * faults are told (decision 0064), as are bytes that are not UTF-8, and what it says twice and
   * differently.
   */
  public static JsonNode read(byte[] document, DocumentFaults faults) throws Unreadable {
    byte[] text =
        ReceivedText.utf8(document, broken -> faults.lacksValue(broken.as(RefusalReason.NOT_JSON)));
    TwiceSaid twice = new TwiceSaid();
    JsonNode read;
    try {
      read = read(text, 0, text.length, twice);
    } catch (Unreadable malformed) {
      return mended(text, malformed, faults);
    }
    twice.contradicted().forEach(faults::note);
    return read;
  }

  /** As above, for a profile's message. */
  public static JsonNode read(byte[] document, MessageReading reading) throws Unreadable {
    return read(document, reading.document());
  }

  private static JsonNode mended(byte[] text, Unreadable malformed, DocumentFaults faults)
      throws Unreadable {
    MendedJson mended = JsonMender.mend(text, JsonLimits.USUAL, false);
    if (mended == null) {
      throw malformed;
    }
    TwiceSaid twice = new TwiceSaid();
    JsonNode read;
    try {
      read = read(mended.json(), 0, mended.json().length, twice);
    } catch (Unreadable still) {
      throw malformed;
    }
    faults.malformed(malformed);
    mended.tell(faults);
    if (mended.areNamesSure()) {
      twice.contradicted().forEach(faults::note);
    } else if (!twice.contradicted().isEmpty()) {
      faults.note("a field " + TwiceSaid.DIFFERENTLY);
    }
    return read;
  }

  /** As above, for a document that must be an object. */
  public static JsonNode object(byte[] document, DocumentFaults faults) throws Unreadable {
    return object(read(document, faults));
  }

  /** As above, for a profile's message. */
  public static JsonNode object(byte[] document, MessageReading reading) throws Unreadable {
    return object(document, reading.document());
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

  /** Whether a payload that may be something else looks like a JSON object, also after a text. */
  public static boolean holdsAnObject(byte[] payload) {
    if (ReceivedText.utf16(payload) != null) {
      return true;
    }
    boolean isFirst = true;
    for (int i = ReceivedText.begin(payload); i < payload.length; i++) {
      boolean isBrace = payload[i] == '{';
      if (isBrace && (isFirst || i + 1 < payload.length && "\"'".indexOf(payload[i + 1]) >= 0)) {
        return true;
      }
      isFirst &= (payload[i] & 0xff) <= ' ';
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

  private static String place(JacksonException problem) {
    TokenStreamLocation at = problem.getLocation();
    return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
  }
}
