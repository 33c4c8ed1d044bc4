package org.linli.hub.liveness;

import java.time.Instant;

/** The presence of a device that was last published, and when it began. */
record LastReported(DevicePresence presence, Instant since) {}
