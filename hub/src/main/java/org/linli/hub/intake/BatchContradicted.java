package org.linli.hub.intake;

import org.linli.event.GatewayId;
import org.linli.event.Lane;

/** A gateway told another history than what was applied of it before: two under one identity. */
public record BatchContradicted(GatewayId gateway, long epoch, Lane lane, long sequence) {}
