package org.linli.hub.registry;

import java.time.ZoneId;
import org.linli.event.CommunityId;

/**
 * A community that a hub watches over.
 *
 * @param zone the time zone of the roster
 */
public record Community(CommunityId id, BilingualName name, ZoneId zone) {}
