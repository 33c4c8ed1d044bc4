package org.linli.edge.intake;

/**
 * Why a message was refused. {@code detail} is a sentence for a person and quotes no more than a
 * few characters of the message.
 */
public record Refusal(RefusalReason reason, String detail) {}
