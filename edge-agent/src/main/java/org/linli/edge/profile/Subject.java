package org.linli.edge.profile;

import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** The device that an event is about. */
public record Subject(DeviceId device, Kind kind) {}
