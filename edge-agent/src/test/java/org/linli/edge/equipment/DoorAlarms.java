package org.linli.edge.equipment;

import static org.linli.edge.equipment.RaisedAlarm.linli;
import static org.linli.edge.equipment.RaisedAlarm.mqtt;
import static org.linli.edge.equipment.RaisedAlarm.of;
import static org.linli.edge.equipment.RaisedAlarm.post;
import static org.linli.edge.equipment.RaisedAlarm.toldEachTime;

import java.util.List;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Address.Format;

/** Alarms of cameras, doors and panels, most of them posted. */
final class DoorAlarms {

  private DoorAlarms() {}

  static List<RaisedAlarm> all() {
    return List.of(
        onvifSignal(),
        onvifDoor(),
        hikvisionPicture(),
        hikvisionForced(),
        hikvisionHeldOpen(),
        zktecoForced(),
        zktecoHeldOpen(),
        linliForced(),
        mappedSmoke(),
        mappedOffline(),
        mappedPicture());
  }

  private static String onvif(String topic, String source, String state) {
    return """
    <Notify><NotificationMessage><Topic>tns1:%s</Topic><Message>\
    <Message UtcTime="never" PropertyOperation="Changed">\
    <Source><SimpleItem Name="Source" Value="%s"/></Source>\
    <Data><SimpleItem Name="State" Value="%s"/></Data></Message></Message></NotificationMessage></Notify>\
    """
        .formatted(topic, source, state);
  }

  private static RaisedAlarm onvifSignal() {
    String loss = "VideoSource/SignalLoss";
    return of("onvif", "video.lost", "video.restored")
        .postedTo(
            "cam-o~",
            onvif(loss, "A", "true"),
            onvif(loss, "A", "false"),
            onvif(loss, "B", "false"),
            onvif(loss, "A", "unknown"),
            onvif(loss, "A", ""),
            onvif("VideoSource/MotionAlarm", "A", "false"),
            onvif("VideoSource/GlobalSceneChange/ImagingService", "A", "false"),
            "<Notify></Notify>")
        .andNotBy(post("onvif", "cam-p~", onvif(loss, "A", "false")));
  }

  private static RaisedAlarm onvifDoor() {
    String alarm = "Door/State/DoorAlarm";
    return of("onvif", "door.forced", "door.secured")
        .postedTo(
            "door-o~",
            onvif(alarm, "1", "DoorForcedOpen"),
            onvif(alarm, "1", "Normal"),
            onvif(alarm, "2", "Normal"),
            onvif(alarm, "1", "DoorOpenTooLong"),
            onvif(alarm, "1", "?"),
            onvif("Door/State/DoorPhysicalState", "1", "Closed"),
            onvif("Door/State/LockPhysicalState", "1", "Locked"),
            onvif("Door/State/DoorTamper", "1", "NotInTamper"))
        .andNotBy(post("onvif", "door-p~", onvif(alarm, "1", "Normal")));
  }

  private static String picture(String type, String channel, String state, String count) {
    return """
    <EventNotificationAlert><eventType>%s</eventType><channelID>%s</channelID>\
    <eventState>%s</eventState><activePostCount>%s</activePostCount></EventNotificationAlert>\
    """
        .formatted(type, channel, state, count);
  }

  private static RaisedAlarm hikvisionPicture() {
    return toldEachTime("hikvision", "video.lost", "video.restored")
        .postedTo(
            "cam-h~",
            picture("videoloss", "1", "active", "1"),
            picture("videoloss", "1", "inactive", "1"),
            picture("videoloss", "1", "inactive", "0"),
            picture("videoloss", "", "inactive", "0"),
            picture("videoloss", "2", "inactive", "1"),
            picture("videoloss", "1", "perhaps", "1"),
            picture("videoloss", "x", "inactive", ""),
            picture("VMD", "1", "inactive", "1"),
            picture("shelteralarm", "1", "inactive", "1"),
            picture("heartBeat", "1", "active", "0"),
            door(26, 1, ""),
            "{}");
  }

  /** An event of a door controller. */
  private static String door(int sub, int door, String more) {
    return """
    {"eventType":"AccessControllerEvent","AccessControllerEvent":\
    {"majorEventType":5,"subEventType":%d,"doorNo":%d%s}}\
    """
        .formatted(sub, door, more);
  }

  private static RaisedAlarm hikvisionForced() {
    return toldEachTime("hikvision", "door.forced", "door.secured")
        .postedTo("door-h~", door(0x1b, 1, ""), door(0x1a, 1, ""))
        .andNotBy(notTheDoor());
  }

  private static RaisedAlarm hikvisionHeldOpen() {
    return toldEachTime("hikvision", "door.held-open", "door.closed")
        .postedTo("door-h~", door(0x1c, 1, ""), door(0x1a, 1, ""))
        .andNotBy(notTheDoor());
  }

  /** What a controller says that is not that door 1 is shut. */
  private static List<Sent> notTheDoor() {
    String retransmitted =
        door(0x1a, 1, ",\"currentEvent\":false")
            .replace("{\"eventType\"", "{\"dateTime\":\"2026-11-18T13:16:00+08:00\",\"eventType\"");
    return List.of(
            door(0x4b, 1, ""),
            door(0x26, 1, ",\"serialNo\":7"),
            door(0x03, 1, ""),
            door(0x15, 1, ""),
            door(0x16, 1, ""),
            door(0x17, 1, ""),
            door(0x19, 1, ""),
            door(0x1a, 2, ""),
            door(999, 1, ""),
            door(0x1a, 1, "").replace("26,", "\"?\","),
            door(0x1a, 1, "").replace("\"majorEventType\":5", "\"majorEventType\":3"),
            retransmitted,
            picture("videoloss", "1", "inactive", "0"),
            picture("videoloss", "1", "inactive", "1"),
            "{\"eventType\":\"heartBeat\"}")
        .stream()
        .map(each -> post("hikvision", "door-h~", each))
        .toList();
  }

  /** A real-time event of a controller. */
  private static String realTime(int code, int door) {
    return "time=2026-11-23 13:16:00\tpin=0\tcardno=0\teventaddr=%d\tevent=%d\tinoutstatus=0"
        .formatted(door, code);
  }

  private static RaisedAlarm zktecoForced() {
    return toldEachTime("zkteco", "door.forced", "door.secured")
        .postedTo("zk~", realTime(102, 1), realTime(201, 1))
        .andNotBy(notShut(28));
  }

  private static RaisedAlarm zktecoHeldOpen() {
    return toldEachTime("zkteco", "door.held-open", "door.closed", "door.secured")
        .postedTo("zk~", realTime(28, 1), realTime(201, 1))
        .andNotBy(notShut(102));
  }

  private static List<Sent> notShut(int alarm) {
    return List.of(
            realTime(alarm, 1),
            realTime(201, 2),
            realTime(200, 1),
            realTime(0, 1),
            realTime(27, 1),
            realTime(202, 1),
            realTime(8, 1),
            realTime(206, 1),
            realTime(9_999, 1),
            realTime(201, 1).replace("event=201", "event=?"),
            "time=2026-11-23 13:16:00\tsensor=01\trelay=00\talarm=0000000000000000\tdoor=01",
            "17\t2026-11-23 13:15:11\t0\t1\t0\t0\t0",
            "OPLOG 4\t14\t2026-11-23 13:16:00\t0\t0\t0\t0",
            "OPLOG 3\t0\t2026-11-18 13:16:00\t50\t0\t0\t0",
            "OPLOG 3\t0\t2026-11-23 13:16:00\t65535\t0\t0\t0",
            "USER PIN=17\tName=x",
            "~DeviceName=x",
            "?",
            "")
        .stream()
        .map(each -> post("zkteco", "zk~", each))
        .toList();
  }

  private static Sent said(String device, String json) {
    return linli(Format.LINLI_JSON, "access", device, json);
  }

  private static RaisedAlarm linliForced() {
    return toldEachTime("linli", "door.forced", "door.secured")
        .by(
            said("l~", "{\"type\":\"door.forced\",\"id\":\"1\"}"),
            said("l~", "{\"type\":\"door.secured\"}"),
            said("l~", "{\"type\":\"door.closed\"}"),
            said("l~", "{\"type\":\"measurement\",\"values\":{\"secured\":true}}"),
            said("l~", "[{\"type\":\"door.opened\"},{\"tipe\":\"door.secured\"}]"),
            said("l~", "{\"time\":\"?\",\"values\":7,\"type\":\"door.secured"),
            said("l~", "{}"),
            said("m~", "{\"type\":\"door.secured\"}"));
  }

  private static RaisedAlarm mappedSmoke() {
    return toldEachTime("smoke-panel", "smoke.detected", "smoke.cleared")
        .postedTo(
            "p~",
            "ALARM zone 3",
            "CLEAR zone 3",
            "CLEAR zone 4",
            "ALARM zone 4\nCLEAR zone 4",
            "CLEAR",
            "CLEAR zone x",
            "TEST zone 3",
            "zone 3 CLEAR",
            "")
        .andNotBy(post("smoke-panel", "q~", "CLEAR zone 3"));
  }

  private static RaisedAlarm mappedOffline() {
    return of("eleon-s1", "device.offline", "device.online")
        .at(
            "/e~/connected-to-controller",
            "{\"timestamp\":1795410960,\"value\":false}",
            "{\"timestamp\":1795410961,\"value\":true}",
            "{\"timestamp\":1795410961}",
            "{\"timestamp\":1795410961,\"value\":null}",
            "{\"timestamp\":1795410961,\"value\":")
        .andNotBy(
            mqtt("/e~/elevator/information/current-floor/relative", "{\"value\":4}"),
            mqtt("/f~/connected-to-controller", "{\"timestamp\":1795410961,\"value\":true}"));
  }

  private static RaisedAlarm mappedPicture() {
    return toldEachTime("dahua-events", "video.lost", "video.restored")
        .postedTo(
            "r~",
            "Code=VideoLoss;action=Start;index=1",
            "Code=VideoLoss;action=Stop;index=1",
            "Code=VideoLoss;action=Stop;index=2",
            "Code=VideoLoss;action=Stop;index=0",
            "Code=VideoLoss;action=State;index=1",
            "Code=VideoBlind;action=Stop;index=1",
            "Code=VideoMotion;action=Stop;index=1",
            "Heartbeat",
            "");
  }
}
