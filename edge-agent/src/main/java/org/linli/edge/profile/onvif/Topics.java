package org.linli.edge.profile.onvif;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.Kind;

/**
 * The meanings of topics (ONVIF Core Specification, annex on topics; Analytics, Access Control and
 * Door Control service specifications). Other topics become measurements.
 */
final class Topics {

  /**
   * @param state the item that says whether it holds; empty if each notification is an event
   * @param on the value of that item; empty for true and 1
   * @param lasts whether it is still reported when it is sent as an initial state
   * @param off the event type when it no longer holds
   */
  record Meaning(
      String topic,
      String state,
      String on,
      Kind kind,
      EventType type,
      boolean lasts,
      @Nullable EventType off) {

    /** Whether a value of the state says that it holds; null if it says neither. */
    @Nullable Boolean holds(String value) {
      if (!on.isEmpty()) {
        return value.equals(on) ? Boolean.TRUE : OFF.contains(value) ? Boolean.FALSE : null;
      }
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "true", "1" -> true;
        case "false", "0" -> false;
        default -> null;
      };
    }
  }

  /** The values of a door's states that say that all is in order. */
  private static final Set<String> OFF = Set.of("Closed", "Normal", "NotInTamper", "NotInFault");

  private static final List<Meaning> ALL =
      List.of(
          camera("CellMotionDetector/Motion", "IsMotion", "motion.detected"),
          camera("MotionRegionDetector/Motion", "State", "motion.detected"),
          camera("VideoSource/MotionAlarm", "State", "motion.detected"),
          camera("LineDetector/Crossed", "", "zone.intruded"),
          camera("FieldDetector/ObjectsInside", "IsInside", "zone.intruded"),
          camera("MyRuleDetector/PeopleDetect", "State", "object.detected"),
          camera("MyRuleDetector/VehicleDetect", "State", "object.detected"),
          camera("MyRuleDetector/FaceDetect", "State", "object.detected"),
          lasting("TamperDetector/Tamper", "IsTamper", "camera.tampered", null),
          lasting("VideoSource/GlobalSceneChange", "State", "camera.tampered", null),
          lasting("VideoSource/SignalLoss", "State", "video.lost", "video.restored"),
          lasting("VideoSource/VideoLoss", "State", "video.lost", "video.restored"),
          new Meaning(
              "Device/Trigger/DigitalInput",
              "LogicalState",
              "",
              Kind.CAMERA,
              new EventType("input.activated"),
              false,
              new EventType("input.released")),
          door("AccessControl/AccessGranted", "", "", "access.granted", null),
          door("AccessControl/Denied", "", "", "access.denied", null),
          door("Door/State/DoorPhysicalState", "State", "Open", "door.opened", "door.closed"),
          door("Door/State/DoorAlarm", "State", "DoorForcedOpen", "door.forced", "door.secured"),
          door("Door/State/DoorAlarm", "State", "DoorOpenTooLong", "door.held-open", null),
          door("Door/State/DoorTamper", "State", "TamperDetected", "reader.tampered", null),
          door("Door/State/DoorFault", "State", "FaultDetected", "device.fault", null));

  private Topics() {}

  private static Meaning camera(String topic, String state, String type) {
    return new Meaning(topic, state, "", Kind.CAMERA, new EventType(type), false, null);
  }

  private static Meaning lasting(String topic, String state, String type, @Nullable String off) {
    return new Meaning(
        topic,
        state,
        "",
        Kind.CAMERA,
        new EventType(type),
        true,
        off == null ? null : new EventType(off));
  }

  private static Meaning door(
      String topic, String state, String on, String type, @Nullable String off) {
    return new Meaning(
        topic,
        state,
        on,
        Kind.ACCESS,
        new EventType(type),
        !state.isEmpty(),
        off == null ? null : new EventType(off));
  }

  /** The possible meanings of a topic without its namespaces; it may have further levels. */
  static List<Meaning> of(String topic) {
    String bounded = "/" + topic + "/";
    return ALL.stream().filter(each -> bounded.contains("/" + each.topic() + "/")).toList();
  }
}
