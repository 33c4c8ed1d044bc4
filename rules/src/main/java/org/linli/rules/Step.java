package org.linli.rules;

/**
 * A decision and the state after it.
 *
 * @param next the state from now on; unchanged for {@link Outcome#IGNORED}
 */
public record Step(RuleState next, Outcome outcome) {}
