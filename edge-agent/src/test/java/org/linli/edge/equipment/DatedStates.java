package org.linli.edge.equipment;

import static org.linli.edge.equipment.RaisedAlarm.linli;
import static org.linli.edge.equipment.RaisedAlarm.mqtt;
import static org.linli.edge.equipment.RaisedAlarm.post;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Address.Format;

/** The formats that date their states, each as it says that an alarm holds or does not. */
final class DatedStates {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

  /** How a format says a state of a device. */
  interface Says {
    Sent say(String device, Instant at, boolean holds);
  }

  /** A format, and how it says that an alarm holds or does not. */
  record Dialect(String name, String raised, String ended, boolean isKept, Says says) {
    @Override
    public String toString() {
      return name + " " + raised;
    }
  }

  private DatedStates() {}

  static String local(Instant at) {
    return LOCAL.format(at);
  }

  static List<Dialect> dialects() {
    return List.of(
        new Dialect(
            "thingsboard",
            "smoke.detected",
            "smoke.cleared",
            false,
            (device, at, on) -> thingsBoard(device, entry(at, on))),
        new Dialect(
            "senml",
            "water.leak",
            "water.cleared",
            false,
            (device, at, on) -> senml(device, "[" + leak(at, on) + "]")),
        new Dialect(
            "sparkplug",
            "smoke.detected",
            "smoke.cleared",
            false,
            (device, at, on) -> sparkplug(device, metric(at, on))),
        new Dialect(
            "chirpstack",
            "water.leak",
            "water.cleared",
            false,
            (device, at, on) ->
                mqtt(
                    "application/x/device/" + device + "/event/up",
                    "{\"time\":\"%s\",\"object\":{\"leakage_status\":\"%s\"}}"
                        .formatted(at, on ? "leak" : "normal"))),
        new Dialect(
            "tasmota",
            "water.leak",
            "water.cleared",
            false,
            (device, at, on) ->
                mqtt(
                    "tele/" + device + "/SENSOR",
                    "{\"Time\":\"%s\",\"Switch1\":\"%s\"}"
                        .formatted(local(at), on ? "ON" : "OFF"))),
        new Dialect(
            "tasmota's zigbee",
            "smoke.detected",
            "smoke.cleared",
            false,
            (device, at, on) ->
                mqtt(
                    "tele/bridge-" + device + "/SENSOR",
                    "{\"Time\":\"%s\",\"ZbReceived\":{\"0x1\":{\"Fire\":%d}}}"
                        .formatted(local(at), on ? 1 : 0))),
        new Dialect(
            "zigbee2mqtt",
            "smoke.detected",
            "smoke.cleared",
            true,
            (device, at, on) ->
                mqtt(
                    "zigbee2mqtt/" + device,
                    "{\"smoke\":%s,\"last_seen\":\"%s\"}".formatted(on, at))),
        new Dialect(
            "onvif",
            "video.lost",
            "video.restored",
            false,
            (device, at, on) -> post("onvif", device, notifications(notification(at, on)))),
        new Dialect(
            "hikvision",
            "video.lost",
            "video.restored",
            false,
            (device, at, on) ->
                post(
                    "hikvision",
                    device,
                    """
                    <EventNotificationAlert><dateTime>%s</dateTime><eventType>videoloss</eventType>\
                    <eventState>%s</eventState><activePostCount>1</activePostCount>\
                    </EventNotificationAlert>\
                    """
                        .formatted(local(at), on ? "active" : "inactive"))),
        door("hikvision", "door.forced", "door.secured", 27, 26),
        door("hikvision", "door.held-open", "door.closed", 28, 26),
        zkteco("door.forced", "door.secured", 102),
        zkteco("door.held-open", "door.closed", 28),
        new Dialect(
            "linli",
            "smoke.detected",
            "smoke.cleared",
            false,
            (device, at, on) -> linliJson(device, event(at, on))));
  }

  static Dialect door(String profile, String raised, String ended, int begin, int end) {
    return new Dialect(
        profile,
        raised,
        ended,
        false,
        (device, at, on) ->
            post(
                profile,
                raised.replace('.', '-') + "-" + device,
                """
                {"dateTime":"%s","eventType":"AccessControllerEvent","AccessControllerEvent":\
                {"majorEventType":5,"subEventType":%d,"doorNo":1}}\
                """
                    .formatted(local(at), on ? begin : end)));
  }

  static Dialect zkteco(String raised, String ended, int begin) {
    return new Dialect(
        "zkteco",
        raised,
        ended,
        false,
        (device, at, on) ->
            post(
                "zkteco",
                raised.replace('.', '-') + "-" + device,
                "time=%s\teventaddr=1\tevent=%d"
                    .formatted(local(at).replace('T', ' '), on ? begin : 201)));
  }

  static String entry(Instant at, boolean on) {
    return "{\"ts\":%d,\"values\":{\"smoke\":%s}}".formatted(at.toEpochMilli(), on);
  }

  static Sent thingsBoard(String device, String... entries) {
    return mqtt(
        "v1/gateway/telemetry", "{\"%s\":[%s]}".formatted(device, String.join(",", entries)));
  }

  static String leak(Instant at, boolean on) {
    return "{\"n\":\"leak\",\"vb\":%s,\"t\":%d}".formatted(on, at.getEpochSecond());
  }

  static Sent senml(String device, String pack) {
    return linli(Format.SENML_JSON, "environment", device, pack);
  }

  static String event(Instant at, boolean on) {
    return "{\"type\":\"smoke.%s\",\"time\":\"%s\"}".formatted(on ? "detected" : "cleared", at);
  }

  static Sent linliJson(String device, String events) {
    return linli(Format.LINLI_JSON, "environment", device, events);
  }

  static String notification(Instant at, boolean on) {
    return """
    <NotificationMessage><Topic>tns1:VideoSource/SignalLoss</Topic><Message>\
    <Message UtcTime="%s" PropertyOperation="Changed">\
    <Source><SimpleItem Name="Source" Value="A"/></Source>\
    <Data><SimpleItem Name="State" Value="%s"/></Data></Message></Message></NotificationMessage>\
    """
        .formatted(at, on);
  }

  static String notifications(String... notifications) {
    return "<Notify>" + String.join("", notifications) + "</Notify>";
  }

  static String varint(long number) {
    StringBuilder hex = new StringBuilder();
    long left = number;
    while (left > 0x7f) {
      hex.append("%02x".formatted(left & 0x7f | 0x80));
      left >>= 7;
    }
    return hex.append("%02x".formatted(left)).toString();
  }

  /** A historical metric, in the protocol's own encoding. */
  static String metric(Instant at, boolean on) {
    String inner =
        "0a05"
            + "736d6f6b65"
            + "18"
            + varint(at.toEpochMilli())
            + "200b"
            + "2801"
            + "70"
            + (on ? "01" : "00");
    return "12%02x%s".formatted(inner.length() / 2, inner);
  }

  static Sent sparkplug(String device, String... metrics) {
    return mqtt(
        "spBv1.0/late/DDATA/n1/" + device, HexFormat.of().parseHex(String.join("", metrics)));
  }
}
