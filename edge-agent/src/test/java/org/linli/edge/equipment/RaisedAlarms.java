package org.linli.edge.equipment;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * For each profile, alarms that last, and the messages that must leave them raised: heartbeats,
 * partial states, other attributes, other channels, other devices, commands, what cannot be read,
 * and what somebody had kept.
 */
final class RaisedAlarms {

  /** Profiles that tell number plates only: nothing of that lasts, and no message ends it. */
  static final Set<String> WITHOUT_END = Set.of("platecamera", "platerecognizer");

  /** What the gateway must be told so that it reads the messages. */
  static final String[] SETTINGS = {
    "--linli.mappings=../docs/examples/mappings",
    "--linli.profile.tasmota.sensors[pump/Switch1]=water",
    "--linli.profile.tasmota.sensors[pump/Switch2]=water",
    "--linli.profile.thingsboard.sensors[Kitchen/smoke]=smoke",
    "--linli.profile.thingsboard.sensors[Kitchen/heat]=smoke",
    "--linli.profile.senml.sensors[box-2/leak]=water",
    "--linli.profile.senml.sensors[box-2/flood]=water",
    "--linli.profile.sparkplug.sensors[plant/n1/s1/smoke]=smoke",
    "--linli.profile.sparkplug.sensors[plant/n1/s1/heat]=smoke"
  };

  static final List<RaisedAlarm> ALL =
      Stream.of(SensorAlarms.all(), DoorAlarms.all()).flatMap(List::stream).toList();

  private RaisedAlarms() {}
}
