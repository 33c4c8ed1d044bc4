package org.linli.sims.equipment;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;

/** What Hikvision's equipment posts (ISAPI): alerts in XML or JSON, alone or with a picture. */
final class HikvisionPost {

  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final String BOUNDARY = "MIME_boundary";

  /** Eight by eight pixels. */
  private static final byte[] JPEG =
      Base64.getDecoder()
          .decode(
              "/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0a"
                  + "HBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAAIAAgBAREA/8QAHwAAAQUBAQEB"
                  + "AQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1Fh"
                  + "ByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZ"
                  + "WmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXG"
                  + "x8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APJPD/h/+1dnyZz7V//Z");

  private HikvisionPost() {}

  /** The time with the offset of its zone, to the second. */
  static String time(Instant now) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        now.atOffset(ZONE).truncatedTo(ChronoUnit.SECONDS));
  }

  static String alert(String type, boolean active, Instant now, int posts, String more) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
    <ipAddress>192.0.2.64</ipAddress>
    <portNo>8081</portNo>
    <protocol>HTTP</protocol>
    <macAddress>a6:63:9e:f8:01:09</macAddress>
    <channelID>1</channelID>
    <dateTime>%s</dateTime>
    <activePostCount>%d</activePostCount>
    <eventType>%s</eventType>
    <eventState>%s</eventState>
    <eventDescription>%s alarm</eventDescription>
    <channelName>East gate</channelName>
    %s</EventNotificationAlert>
    """
        .formatted(time(now), posts, type, active ? "active" : "inactive", type, more);
  }

  static Letter xml(String device, String document) {
    return new Letter(
        "intake/hikvision/" + device, Media.XML, document.getBytes(StandardCharsets.UTF_8));
  }

  static Letter json(String device, byte[] document) {
    return new Letter("intake/hikvision/" + device, Media.JSON, document);
  }

  /** A document and a picture, as terminals and newer cameras post them. */
  static Letter withPicture(String device, String name, String type, byte[] document) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
    part(out, "name=\"" + name + "\"", type, document);
    part(out, "name=\"Picture\"; filename=\"Picture.jpg\"", "image/jpeg", JPEG);
    out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return new Letter(
        "intake/hikvision/" + device,
        new Media(Media.XML.contentFormat(), "multipart/form-data; boundary=" + BOUNDARY),
        out.toByteArray());
  }

  private static void part(ByteArrayOutputStream out, String name, String type, byte[] body) {
    out.writeBytes(
        "--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(BOUNDARY, name, type, body.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(body);
    out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
