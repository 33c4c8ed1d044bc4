package org.linli.hub.liveness;

/** A gateway connected or disconnected. Published within a transaction, at most a second later. */
public record GatewayStatusChanged(GatewayStatus status) {}
