package org.linli.edge.profile.onvif;

import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.Kind;

/**
 * What a state means to Linli.
 *
 * @param kind the supposed kind of the equipment
 * @param type the event when it begins
 * @param off the event when it ends; null if the end is none
 * @param lasts whether it is still reported when it is sent as an initial state
 */
record Meaning(Kind kind, EventType type, @Nullable EventType off, boolean lasts) {

  static final EventType HELD_OPEN = new EventType("door.held-open");
  static final Meaning MOTION = camera("motion.detected");
  static final Meaning INTRUSION = camera("zone.intruded");
  static final Meaning LEFT_ZONE = camera("zone.left");
  static final Meaning OBJECT = camera("object.detected");
  static final Meaning LEFT_OBJECT = camera("object.left");
  static final Meaning REMOVED_OBJECT = camera("object.removed");
  static final Meaning LOITERING = camera("loitering.detected");
  static final Meaning CROWD = camera("crowd.gathered");
  static final Meaning SOUND = camera("sound.detected");
  static final Meaning RING = camera("doorbell.rung");
  static final Meaning FALL = lasting("fall.detected", null);
  static final Meaning HELP = lasting("sos.pressed", null);
  static final Meaning FIRE = lasting("fire.seen", null);
  static final Meaning TAMPERED = lasting("camera.tampered", null);
  static final Meaning LOST = lasting("video.lost", "video.restored");
  static final Meaning FAULT = lasting("device.fault", null);
  static final Meaning OTHER_ALARM = lasting("alarm.unknown", null);
  static final Meaning POOR_IMAGE = passing("image.degraded", "image.normal");
  static final Meaning INPUT = passing("input.activated", "input.released");
  static final Meaning OUTPUT = passing("output.activated", "output.released");

  private static Meaning camera(String type) {
    return new Meaning(Kind.CAMERA, new EventType(type), null, false);
  }

  private static Meaning passing(String type, String off) {
    return new Meaning(Kind.CAMERA, new EventType(type), new EventType(off), false);
  }

  private static Meaning lasting(String type, @Nullable String off) {
    return new Meaning(
        Kind.CAMERA, new EventType(type), off == null ? null : new EventType(off), true);
  }

  static Meaning door(String type, @Nullable String off, boolean lasts) {
    return new Meaning(
        Kind.ACCESS, new EventType(type), off == null ? null : new EventType(off), lasts);
  }
}
