package org.linli.hub.history.postgres;

import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;

/**
 * The communities as the tables have them: nothing for the one that the hub had alone when its
 * records began, so that its history follows when its id changes (docs/decisions/0074).
 *
 * @param earlier that community; null for none
 */
record Communities(@Nullable CommunityId earlier) {

  private static final String EARLIER = "";

  String stored(CommunityId community) {
    return community.equals(earlier) ? EARLIER : community.value();
  }

  @Nullable CommunityId read(String stored) {
    return stored.equals(EARLIER) ? earlier : new CommunityId(stored);
  }
}
