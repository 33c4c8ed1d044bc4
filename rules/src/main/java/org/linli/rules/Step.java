package org.linli.rules;

/**
 * A decision.
 *
 * @param next what the rule remembers from now on; for {@link Outcome#IGNORED} what it did before
 */
public record Step(Watch next, Outcome outcome) {}
