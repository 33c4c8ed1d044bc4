package org.linli.hub.registry;

import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;

/**
 * The community that the hub had alone when its records began. What it kept without a community, in
 * the journal of before and in the history, belongs to this one.
 *
 * @param id null for a hub that had several from the beginning
 */
public record EarlierCommunity(@Nullable CommunityId id) {}
