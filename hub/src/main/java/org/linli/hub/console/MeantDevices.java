package org.linli.hub.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.hub.adoption.Unregistered;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;

/**
 * Finds the device that an id in a URL means: the only registered one of that id, or if there is
 * none, the only one that was heard (docs/decisions/0074). Safe for any thread.
 */
@Component
public class MeantDevices {

  private final Registry registry;
  private final Liveness liveness;
  private final Unregistered unregistered;

  MeantDevices(Registry registry, Liveness liveness, Unregistered unregistered) {
    this.registry = registry;
    this.liveness = liveness;
    this.unregistered = unregistered;
  }

  /** What an id means. */
  public sealed interface Meant {

    /** One device, which need not exist if its community is known. */
    record One(DeviceKey device) implements Meant {}

    /** A device of each of these. */
    record OfSeveral(DeviceId device, List<CommunityId> communities) implements Meant {}

    /** No community has a device of this id. */
    record Nothing() implements Meant {}
  }

  /**
   * @param within the community whose device it is; null if the request does not say
   */
  public Meant of(DeviceId id, @Nullable CommunityId within) {
    if (within != null) {
      return new Meant.One(new DeviceKey(within, id));
    }
    return registry
        .findOnly()
        .<Meant>map(only -> new Meant.One(only.key(id)))
        .orElseGet(() -> ofSeveral(id));
  }

  private Meant ofSeveral(DeviceId id) {
    List<CommunityId> registered =
        registry.findRegistered(id).stream().map(DeviceKey::community).toList();
    List<CommunityId> theirs =
        registered.isEmpty()
            ? registry.communities().stream()
                .map(CommunityRegistry::id)
                .filter(community -> wasHeard(new DeviceKey(community, id)))
                .toList()
            : registered;
    return switch (theirs.size()) {
      case 0 -> new Meant.Nothing();
      case 1 -> new Meant.One(new DeviceKey(theirs.getFirst(), id));
      default -> new Meant.OfSeveral(id, theirs);
    };
  }

  private boolean wasHeard(DeviceKey key) {
    return liveness.device(key).isPresent() || unregistered.find(key).isPresent();
  }
}
