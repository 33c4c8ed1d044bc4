package org.linli.hub.organisation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.Kind;
import org.linli.hub.registry.BilingualName;

/**
 * A firm that maintains equipment, or manages property.
 *
 * @param kinds the equipment that it answers for
 * @param serves where: any nodes of the organisation
 */
public record Firm(
    String id,
    BilingualName name,
    Set<Kind> kinds,
    List<NodeId> serves,
    @Nullable String phone,
    @Nullable String email) {

  public Firm {
    kinds = Set.copyOf(kinds);
    serves = List.copyOf(serves);
  }
}
