package org.linli.edge.local;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks whether bytes are one JSON object in UTF-8 (RFC 8259).
 *
 * @param text the object as it was written; null if it is none
 * @param why why it is none; null if it is one
 */
record JsonObject(@Nullable String text, @Nullable String why) {

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  static JsonObject in(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return no("the command is not UTF-8");
    }
    try {
      return STRICT.readTree(text).isObject()
          ? new JsonObject(text, null)
          : no("the command is no JSON object");
    } catch (JacksonException malformed) {
      TokenStreamLocation at = malformed.getLocation();
      String where =
          at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      return no("the command is not JSON: " + where + firstLine(malformed.getOriginalMessage()));
    }
  }

  private static String firstLine(@Nullable String said) {
    return String.valueOf(said).lines().findFirst().orElse("");
  }

  private static JsonObject no(String why) {
    return new JsonObject(null, why);
  }
}
