package org.linli.edge.command;

import java.util.Optional;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** The device that a command is for. */
public record CommandAddress(Kind kind, DeviceId device) implements Comparable<CommandAddress> {

  /** Keeps hash tables of addresses fast even if names were chosen to have the same hash. */
  @Override
  public int compareTo(CommandAddress other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : device.compareTo(other.device);
  }

  /** Reads {@code linli/{kind}/{device}/command}; empty for any other topic or filter. */
  public static Optional<CommandAddress> ofTopic(String topic) {
    String[] levels = topic.split("/", -1);
    if (levels.length != 4 || !levels[0].equals("linli") || !levels[3].equals("command")) {
      return Optional.empty();
    }
    try {
      DeviceId device = new DeviceId(levels[2]);
      return Kind.ofWireName(levels[1]).map(kind -> new CommandAddress(kind, device));
    } catch (IllegalArgumentException noDevice) {
      return Optional.empty();
    }
  }

  /** The topic on which the device receives it: {@code linli/{kind}/{device}/command}. */
  public String topic() {
    return "linli/" + kind.wireName() + "/" + device.value() + "/command";
  }
}
