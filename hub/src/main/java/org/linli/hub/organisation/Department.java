package org.linli.hub.organisation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.BilingualName;

/**
 * A department (部门) that is called for what a community cannot mend itself.
 *
 * @param at the city or sub-district that it belongs to
 * @param matters the ids of the matters that it takes
 */
public record Department(
    String id,
    NodeId at,
    BilingualName name,
    List<String> matters,
    @Nullable String phone,
    @Nullable String email) {

  public Department {
    matters = List.copyOf(matters);
  }
}
