package org.linli.edge.profile.hikvision;

import java.util.ArrayList;
import java.util.List;
import org.linli.edge.intake.Boundary;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.Multipart;
import org.linli.edge.profile.format.Multipart.Part;
import org.linli.edge.profile.format.Picture;
import org.linli.edge.profile.format.Xml;
import org.linli.edge.profile.format.XmlElement;
import tools.jackson.databind.JsonNode;

/**
 * A parsed request: an alert as XML or JSON, alone or in a multipart message with pictures.
 *
 * @param pictures also those of which the door kept nothing
 * @param broken documents and parts that cannot be read, each of which may be an alarm
 */
record Posted(List<AlertFields> alerts, List<Picture> pictures, List<Unreadable> broken) {

  private static final String BLANK = " \t\r\n\0\u00ef\u00bb\u00bf\u00fe\u00ff";
  private static final String ROOT = "EventNotificationAlert";

  /** At least one alert. */
  static Posted of(Delivered message, DocumentFaults faults) throws Unreadable {
    Posted posted = new Posted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    if (!Multipart.is(message.contentType(), message.payload())) {
      posted.alerts.add(alert(message.payload(), faults));
      posted.addCut(message.payload());
      return posted;
    }
    for (Part part : Multipart.read(message.contentType(), message.payload(), posted.broken::add)) {
      posted.add(part, faults);
    }
    if (posted.alerts.isEmpty()) {
      throw posted.broken.isEmpty()
          ? new Unreadable(
              RefusalReason.NOTHING_IN_IT, "none of the message's parts is XML or JSON")
          : posted.broken.getFirst();
    }
    return posted;
  }

  private void add(Part part, DocumentFaults faults) {
    if (part.isCut() && isDocument(part)) {
      broken.add(new Unreadable(RefusalReason.TOO_LARGE, tooLarge(part)));
    } else if (part.isCut()) {
      pictures.add(Picture.of(part));
    } else if (isDocument(part)) {
      try {
        alerts.add(alert(part.body(), faults));
        addCut(part.body());
      } catch (Unreadable unreadable) {
        broken.add(unreadable);
      }
    } else if (part.body().length > 0) {
      pictures.add(Picture.of(part));
    }
  }

  /** A picture in base64 within a document. */
  private void addCut(byte[] document) {
    if (Picture.isCutOutOf(document)) {
      pictures.add(Picture.cut(Picture.HTTP_LIMIT));
    }
  }

  private static String tooLarge(Part part) {
    return "a part of "
        + part.headers().get(Boundary.CUT)
        + " bytes was not kept: the message is larger than "
        + Picture.HTTP_LIMIT;
  }

  private static boolean isDocument(Part part) {
    String type = part.mediaType();
    int first = firstSign(part.body());
    return !type.startsWith("image/")
        && (type.endsWith("xml") || type.endsWith("json") || first == '<' || first == '{');
  }

  private static AlertFields alert(byte[] document, DocumentFaults faults) throws Unreadable {
    if (firstSign(document) != '<' && Json.holdsAnObject(document)) {
      JsonNode whole = Json.object(document, faults);
      JsonNode inner = whole.path(ROOT);
      return new AlertFields.OfJson(inner.isObject() ? inner : whole);
    }
    XmlElement root = Xml.read(document, faults);
    if (!root.name().equals(ROOT)) {
      throw new Unreadable(
          RefusalReason.NOTHING_IN_IT,
          "its root is not " + ROOT + ", which is what this profile reads");
    }
    return new AlertFields.OfXml(root);
  }

  /** The first byte after white space, and the marks of UTF-8 and UTF-16; -1 if there is none. */
  private static int firstSign(byte[] bytes) {
    for (byte b : bytes) {
      if (BLANK.indexOf(b & 0xff) < 0) {
        return b;
      }
    }
    return -1;
  }
}
