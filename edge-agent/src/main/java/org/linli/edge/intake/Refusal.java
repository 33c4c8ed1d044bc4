package org.linli.edge.intake;

/**
 * Why a message was refused; {@code detail} is a sentence for a person and holds no more than a few
 * characters of it.
 */
public record Refusal(RefusalReason reason, String detail) {}
