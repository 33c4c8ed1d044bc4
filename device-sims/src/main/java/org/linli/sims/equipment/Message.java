package org.linli.sims.equipment;

import org.linli.sims.link.Letter;

/** A message of a piece of equipment, and what the hub must make of it. */
public record Message(Letter letter, Expectation expectation) {}
