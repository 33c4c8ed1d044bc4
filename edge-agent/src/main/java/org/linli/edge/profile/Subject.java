package org.linli.edge.profile;

import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** Of which device a profile speaks. */
public record Subject(DeviceId device, Kind kind) {}
