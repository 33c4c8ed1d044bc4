package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.linli.event.Kind;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;

/**
 * A camera and a door of any vendor that notify by ONVIF (Core Specification, "Event handling"):
 * motion that ends and begins, a crossed line, an intrusion in a maker's words, a person admitted
 * at the door. Ends come first, because the gateway may still know a state of an earlier load.
 */
final class OnvifSite implements Dialect {

  private static final Media SOAP =
      new Media(Media.XML.contentFormat(), "application/soap+xml; charset=utf-8");

  private final Piece piece;
  private int turn;

  OnvifSite(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    return switch (turn++ % 6) {
      case 0 -> motion("false", "measurement", mark, now);
      case 1 -> motion("true", "motion.detected", mark, now);
      case 2 ->
          message(
              "tns1:RuleEngine/LineDetector/Crossed",
              item("Source", "VideoSource_1"),
              item("ObjectId", String.valueOf(piece.between(1, 99))) + item("Message", mark.text()),
              now,
              expectation(Kind.CAMERA, piece.name() + "-camera", "zone.intruded", mark));
      case 3 -> intrusion("false", "measurement", mark, now);
      case 4 -> intrusion("true", "zone.intruded", mark, now);
      default -> {
        String door = piece.name() + "-door";
        yield message(
            door,
            "tns1:AccessControl/AccessGranted/Credential",
            item("AccessPointToken", "ap_1"),
            item("CredentialToken", "c-17") + item("Message", mark.text()),
            now,
            expectation(Kind.ACCESS, door, "access.granted", mark));
      }
    };
  }

  private Message motion(String state, String type, Mark mark, Instant now) {
    return message(
        "tns1:RuleEngine/CellMotionDetector/Motion",
        item("Source", "VideoSource_1"),
        item("IsMotion", state) + item("Message", mark.text()),
        now,
        expectation(Kind.CAMERA, piece.name() + "-camera", type, mark));
  }

  /** As Tapo's cameras tell it, with an item of their own. */
  private Message intrusion(String state, String type, Mark mark, Instant now) {
    return message(
        "tns1:RuleEngine/CellMotionDetector/Intrusion",
        item("Rule", "MyIntrusionDetectorRule"),
        item("IsIntrusion", state) + item("Message", mark.text()),
        now,
        expectation(Kind.CAMERA, piece.name() + "-camera", type, mark));
  }

  private static Expectation expectation(Kind kind, String device, String type, Mark mark) {
    return Expectation.byValue(kind, device, type, "Message", mark.text());
  }

  private Message message(
      String topic, String source, String data, Instant now, Expectation expectation) {
    return message(piece.name() + "-camera", topic, source, data, now, expectation);
  }

  private static Message message(
      String device,
      String topic,
      String source,
      String data,
      Instant now,
      Expectation expectation) {
    String notify =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
        xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" \
        xmlns:tt="http://www.onvif.org/ver10/schema" \
        xmlns:tns1="http://www.onvif.org/ver10/topics"><s:Body><wsnt:Notify>\
        <wsnt:NotificationMessage><wsnt:Topic \
        Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">%s</wsnt:Topic>\
        <wsnt:Message><tt:Message UtcTime="%s" PropertyOperation="Changed">\
        <tt:Source>%s</tt:Source><tt:Data>%s</tt:Data></tt:Message></wsnt:Message>\
        </wsnt:NotificationMessage></wsnt:Notify></s:Body></s:Envelope>
        """
            .formatted(topic, now.truncatedTo(ChronoUnit.MILLIS), source, data);
    return new Message(
        new Letter("intake/onvif/" + device, SOAP, notify.getBytes(StandardCharsets.UTF_8)),
        expectation);
  }

  private static String item(String name, String value) {
    return "<tt:SimpleItem Name=\"%s\" Value=\"%s\"/>".formatted(name, value);
  }
}
