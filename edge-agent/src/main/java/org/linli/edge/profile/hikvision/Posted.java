package org.linli.edge.profile.hikvision;

import java.util.ArrayList;
import java.util.List;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.Multipart;
import org.linli.edge.profile.format.Multipart.Part;
import org.linli.edge.profile.format.Xml;
import org.linli.edge.profile.format.XmlElement;
import tools.jackson.databind.JsonNode;

/** A parsed request: an alert as XML or JSON, alone or in a multipart message with pictures. */
record Posted(List<Fields> alerts, List<byte[]> pictures) {

  private static final String ROOT = "EventNotificationAlert";

  static Posted of(Delivered message) throws Unreadable {
    List<Fields> alerts = new ArrayList<>();
    List<byte[]> pictures = new ArrayList<>();
    if (!Multipart.is(message.contentType())) {
      alerts.add(alert(message.payload()));
      return new Posted(alerts, pictures);
    }
    for (Part part : Multipart.read(message.contentType(), message.payload())) {
      if (isDocument(part)) {
        alerts.add(alert(part.body()));
      } else if (part.body().length > 0) {
        pictures.add(part.body());
      }
    }
    if (alerts.isEmpty()) {
      throw new Unreadable(
          RefusalReason.NOTHING_IN_IT, "none of the message's parts is XML or JSON");
    }
    return new Posted(alerts, pictures);
  }

  private static boolean isDocument(Part part) {
    String type = part.mediaType();
    int first = firstSign(part.body());
    return type.endsWith("xml") || type.endsWith("json") || first == '<' || first == '{';
  }

  private static Fields alert(byte[] document) throws Unreadable {
    if (firstSign(document) == '{') {
      JsonNode whole = Json.object(document);
      JsonNode inner = whole.path(ROOT);
      return new Fields.OfJson(inner.isObject() ? inner : whole);
    }
    XmlElement root = Xml.read(document);
    if (!root.name().equals(ROOT)) {
      throw new Unreadable(
          RefusalReason.NOTHING_IN_IT,
          "its root is not " + ROOT + ", which is what this profile reads");
    }
    return new Fields.OfXml(root);
  }

  private static int firstSign(byte[] bytes) {
    for (byte b : bytes) {
      if (b > ' ') {
        return b;
      }
    }
    return -1;
  }
}
