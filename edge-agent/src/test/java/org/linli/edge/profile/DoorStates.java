package org.linli.edge.profile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;

/**
 * A profile that says nothing but whether doors are open. What follows a # is the id of the event.
 */
final class DoorStates implements Profile {
  private final Changes changes = new Changes();

  @Override
  public String name() {
    return "doors";
  }

  @Override
  public List<String> topics() {
    return List.of("doors/+");
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    Subject door = reading.device(message.levels()[1], Kind.ACCESS);
    for (String state : new String(message.payload(), StandardCharsets.UTF_8).split(" ")) {
      if (state.equals("broken")) {
        throw new Unreadable(RefusalReason.BAD_FIELD, "broken");
      }
      if (state.startsWith("volts=")) {
        reading.happened(door, EventType.MEASUREMENT, null, Values.NONE);
      } else if (changes.isChange(reading, door, "state", state.split("#", 2)[0])) {
        reading.happened(
            door, new EventType("door." + state.split("#", 2)[0]), id(state), null, Values.NONE);
      } else {
        reading.passOver();
      }
    }
  }

  private static @Nullable String id(String state) {
    return state.contains("#") ? state.substring(state.indexOf('#') + 1) : null;
  }
}
