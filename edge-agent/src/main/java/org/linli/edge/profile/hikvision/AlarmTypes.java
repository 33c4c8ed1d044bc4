package org.linli.edge.profile.hikvision;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;

/** The event types of a camera's alarms; other alarms become measurements. */
final class AlarmTypes {

  static final String VIDEO_LOSS = "videoloss";
  static final EventType VIDEO_RESTORED = new EventType("video.restored");

  private static final Map<String, EventType> ACTIVE = new HashMap<>();

  static {
    all("zone.intruded", "fielddetection", "linedetection", "regionentrance", "intrusion");
    all("zone.left", "regionexiting");
    all("video.lost", VIDEO_LOSS);
    all("camera.tampered", "shelteralarm", "tamperdetection", "scenechangedetection");
    all("fire.seen", "firedetection", "smokedetection", "smokeandfiredetection");
    all("motion.detected", "vmd", "pir", "motiondetection");
    all("input.activated", "io");
    all("object.detected", "facedetection", "facesnap", "vehicledetection", "humanrecognition");
    all("object.left", "unattendedbaggage");
    all("object.removed", "attendedbaggage");
    all("loitering.detected", "loitering");
    all("crowd.gathered", "group");
    all(
        "device.fault",
        "diskerror",
        "hderror",
        "hdfull",
        "badvideo",
        "recordingfailure",
        "diskfull",
        "diskunformat",
        "nicbroken",
        "ipconflict");
    all("login.refused", "illaccess");
  }

  private AlarmTypes() {}

  private static void all(String type, String... theirs) {
    for (String each : theirs) {
      ACTIVE.put(each, new EventType(type));
    }
  }

  /**
   * @param theirs in lower case
   */
  static @Nullable EventType ofActive(String theirs) {
    return ACTIVE.get(theirs);
  }
}
