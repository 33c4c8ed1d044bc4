package org.linli.hub.history;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.registry.DeviceKey;

/**
 * The names of devices in the history (docs/decisions/0074): {@code west/door-1} for a device of a
 * community, and {@code door-1} alone for one of the community that the hub had alone when it
 * began. Histories of before have only such names, so nothing in them has to be written anew. No id
 * has a slash.
 *
 * @param earlier the community whose devices have no community in their name; null for none
 */
public record StoredDevices(@Nullable CommunityId earlier) {

  private static final char BETWEEN = '/';

  /**
   * A device as it was read.
   *
   * @param community null if the history does not say
   */
  public record Read(@Nullable CommunityId community, DeviceId device) {}

  public String name(HubEvent event) {
    return name(event.device());
  }

  public String name(DeviceKey key) {
    return key.community().equals(earlier)
        ? key.device().value()
        : key.community().value() + BETWEEN + key.device();
  }

  public Read read(String name) {
    int between = name.indexOf(BETWEEN);
    return between < 0
        ? new Read(earlier, new DeviceId(name))
        : new Read(
            new CommunityId(name.substring(0, between)), new DeviceId(name.substring(between + 1)));
  }

  /** Which names a query may find. */
  public sealed interface Names {

    record Any() implements Names {}

    record One(String name) implements Names {}

    /**
     * @param pattern in the common part of Java's and RE2's syntax; finds the name, or a part of it
     */
    record Like(String pattern) implements Names {}
  }

  /** Returns the names of the devices that a query selects. */
  public Names names(EventQuery query) {
    CommunityId community = query.community();
    DeviceId device = query.device();
    if (community != null && device != null) {
      return new Names.One(name(new DeviceKey(community, device)));
    }
    if (device != null) {
      return new Names.Like("(^|" + BETWEEN + ")" + Pattern.quote(device.value()) + "$");
    }
    if (community != null) {
      return new Names.Like(
          community.equals(earlier)
              ? "^[^" + BETWEEN + "]*$"
              : "^" + Pattern.quote(community.value()) + BETWEEN);
    }
    return new Names.Any();
  }
}
