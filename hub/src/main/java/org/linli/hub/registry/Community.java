package org.linli.hub.registry;

import java.time.ZoneId;

/**
 * The community that a hub watches over.
 *
 * @param zone whose clock the roster is written in
 */
public record Community(String id, BilingualName name, ZoneId zone) {}
