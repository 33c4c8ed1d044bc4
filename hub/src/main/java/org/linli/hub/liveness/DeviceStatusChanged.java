package org.linli.hub.liveness;

/**
 * A device came online or went offline, or an unassigned one was heard for the first time.
 * Published within the transaction that records it.
 */
public record DeviceStatusChanged(DeviceStatus status) {}
