package org.linli.edge.profile;

import org.linli.event.DeviceId;

/** Something that a device said again. */
public record Repeat(DeviceId device, RepeatReason reason) {}
