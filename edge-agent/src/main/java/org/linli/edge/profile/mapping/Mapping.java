package org.linli.edge.profile.mapping;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.Unreadable;
import org.linli.event.Kind;
import org.linli.program.yaml.YamlLocation;

/**
 * A mapping from a file, as a profile.
 *
 * @param text where in a message the payload is, and in which characters
 * @param each gives the parts of a message that each become events; null for the message itself
 * @param device gives the equipment's own name; null if the address always names it
 * @param points tells apart what speaks of one device
 * @param otherwise how to treat a part that matches no entry of {@code events}
 * @param place its position in the file
 * @param zone for times without one
 * @param changes the last known states
 * @param held which points of a device an alarm holds at
 */
record Mapping(
    String name,
    List<String> topics,
    PayloadFormat format,
    PayloadText text,
    Kind kind,
    @Nullable Expression each,
    @Nullable Expression device,
    Points points,
    List<EventRule> events,
    Otherwise otherwise,
    YamlLocation place,
    ZoneId zone,
    Changes changes,
    HeldAlarms held)
    implements Profile {

  /** How to treat a part that matches no entry of {@code events}. */
  enum Otherwise {
    /** It makes the message a dead letter. */
    REFUSE,
    /** It becomes a measurement with everything in it. */
    MEASUREMENT,
    /** It is ignored. */
    IGNORE
  }

  /** Why there is nothing in a message, if there is not. */
  String nothingIn(List<MappedPart> parts, Delivered message) {
    return MappedPart.nothing(name, parts) + text.doubt(message);
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    new MappedMessage(this, message, reading).read();
  }
}
