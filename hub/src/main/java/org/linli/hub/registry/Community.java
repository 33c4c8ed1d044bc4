package org.linli.hub.registry;

import java.time.ZoneId;

/**
 * The community that a hub watches over.
 *
 * @param zone the time zone of the roster
 */
public record Community(String id, BilingualName name, ZoneId zone) {}
