package org.linli.edge.profile.hikvision;

import java.util.ArrayList;
import java.util.List;
import org.linli.edge.intake.Boundary;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.Reading;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.Multipart;
import org.linli.edge.profile.format.Multipart.Part;
import org.linli.edge.profile.format.Xml;
import org.linli.edge.profile.format.XmlElement;
import tools.jackson.databind.JsonNode;

/**
 * A parsed request: an alert as XML or JSON, alone or in a multipart message with pictures.
 *
 * @param pictures an empty one where the door kept nothing of it
 */
record Posted(List<Fields> alerts, List<byte[]> pictures) {

  private static final String BLANK = " \t\r\n\u00ef\u00bb\u00bf";
  private static final String ROOT = "EventNotificationAlert";

  /**
   * @param reading is told what cannot be read beside an alert
   */
  static Posted of(Delivered message, Reading reading) throws Unreadable {
    List<Fields> alerts = new ArrayList<>();
    List<byte[]> pictures = new ArrayList<>();
    if (!Multipart.is(message.contentType())) {
      alerts.add(alert(message.payload(), reading));
      return new Posted(alerts, pictures);
    }
    for (Part part : Multipart.read(message.contentType(), message.payload(), reading::beside)) {
      if (part.isCut()) {
        pictures.add(part.body());
        reading.mark(tooLarge(part));
      } else if (isDocument(part)) {
        reading.beside(() -> alerts.add(alert(part.body(), reading)));
      } else if (part.body().length > 0) {
        pictures.add(part.body());
      }
    }
    if (alerts.isEmpty()) {
      reading.requireAlarmBesideDefects();
      throw new Unreadable(
          RefusalReason.NOTHING_IN_IT, "none of the message's parts is XML or JSON");
    }
    return new Posted(alerts, pictures);
  }

  private static String tooLarge(Part part) {
    return "a part of "
        + part.headers().get(Boundary.CUT)
        + " bytes was not kept: the message is larger than linli.http.max-message-size";
  }

  private static boolean isDocument(Part part) {
    String type = part.mediaType();
    int first = firstSign(part.body());
    return !type.startsWith("image/")
        && (type.endsWith("xml") || type.endsWith("json") || first == '<' || first == '{');
  }

  private static Fields alert(byte[] document, Reading reading) throws Unreadable {
    if (firstSign(document) == '{') {
      JsonNode whole = Json.object(document, reading::beside);
      JsonNode inner = whole.path(ROOT);
      return new Fields.OfJson(inner.isObject() ? inner : whole);
    }
    XmlElement root = Xml.read(document, reading::beside);
    if (!root.name().equals(ROOT)) {
      throw new Unreadable(
          RefusalReason.NOTHING_IN_IT,
          "its root is not " + ROOT + ", which is what this profile reads");
    }
    return new Fields.OfXml(root);
  }

  /** The first byte after white space and the mark of UTF-8; -1 if there is none. */
  private static int firstSign(byte[] bytes) {
    for (byte b : bytes) {
      if (BLANK.indexOf(b & 0xff) < 0) {
        return b;
      }
    }
    return -1;
  }
}
