package org.linli.hub.alert;

/**
 * An alert was opened, given to a responsible person, seen again, acknowledged, commented or
 * resolved. Published once per alert within the transaction that changes it, so that a listener may
 * join that transaction or wait for its commit.
 */
public record AlertChanged(Alert alert) {}
