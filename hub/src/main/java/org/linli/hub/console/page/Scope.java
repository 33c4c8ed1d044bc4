package org.linli.hub.console.page;

import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.registry.CommunityRegistry;

/**
 * What a page shows.
 *
 * @param one the community that was chosen, or the only one; null for all of several
 */
record Scope(@Nullable CommunityRegistry one) {

  @Nullable CommunityId community() {
    return one == null ? null : one.id();
  }

  boolean shows(@Nullable CommunityId community) {
    return one == null || one.id().equals(community);
  }
}
