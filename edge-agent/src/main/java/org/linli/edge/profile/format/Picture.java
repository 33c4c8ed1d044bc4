package org.linli.edge.profile.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.TextCutter;
import org.linli.edge.profile.format.Multipart.Part;

/**
 * A picture as it came in a message.
 *
 * @param bytes as they were sent; they may be of anything else
 * @param lost why the door kept nothing of it, for a person; null if it did
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is
public record Picture(byte[] bytes, @Nullable String lost) {

  /** The setting of the HTTP door that limits a message. */
  public static final String HTTP_LIMIT = "linli.http.max-message-size";

  /** The setting of the MQTT door that limits a message. */
  public static final String MQTT_LIMIT = "linli.mqtt.max-message-size";

  /** The setting of the connection to a broker that limits a message. */
  public static final String BROKER_LIMIT = "linli.broker.max-message-size";

  /** A part of a multipart message, which comes over HTTP only. */
  public static Picture of(Part part) {
    return part.isCut() ? cut(HTTP_LIMIT) : new Picture(part.body(), null);
  }

  /**
   * A text in base64. What is none is kept as nothing, which is no picture.
   *
   * @param limit the setting that limits the message
   */
  public static Picture ofBase64(String text, String limit) {
    if (text.startsWith(TextCutter.CUT)) {
      return cut(limit);
    }
    try {
      return new Picture(Base64.getMimeDecoder().decode(text), null);
    } catch (IllegalArgumentException notBase64) {
      return new Picture(new byte[0], null);
    }
  }

  /** Whether a door cut a picture out of a document. */
  public static boolean isCutOutOf(byte[] document) {
    byte[] cut = TextCutter.CUT.getBytes(StandardCharsets.US_ASCII);
    for (int from = 0; from + cut.length <= document.length; from++) {
      if (document[from] == cut[0]
          && Arrays.equals(document, from, from + cut.length, cut, 0, cut.length)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A picture of which a door kept nothing.
   *
   * @param limit the setting that limits the message
   */
  public static Picture cut(String limit) {
    return new Picture(new byte[0], "larger than " + limit);
  }
}
