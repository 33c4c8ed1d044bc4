package org.linli.hub.liveness;

import java.time.Instant;

/** What people were last told of a device, and since when it is so. */
record Told(Presence presence, Instant since) {}
