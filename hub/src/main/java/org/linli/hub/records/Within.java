package org.linli.hub.records;

import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;

/** Whose rows a statement may touch. */
public sealed interface Within {

  /** Those of one community. */
  record One(CommunityId id) implements Within {}

  /** Those of no community: what the hub found out about itself. */
  record Nobody() implements Within {}

  /**
   * Those of all communities, and of none.
   *
   * @param why the reason, for whoever reads the code
   */
  record All(String why) implements Within {}

  /** Returns the rows of a community, or for null those of none. */
  static Within of(@Nullable CommunityId community) {
    return community == null ? new Nobody() : new One(community);
  }
}
