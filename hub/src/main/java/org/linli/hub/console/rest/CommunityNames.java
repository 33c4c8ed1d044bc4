package org.linli.hub.console.rest;

import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;

/** Communities in shapes. */
final class CommunityNames {

  private CommunityNames() {}

  /** Returns the id; null for what belongs to no community. */
  static @Nullable String of(@Nullable CommunityId community) {
    return community == null ? null : community.value();
  }
}
