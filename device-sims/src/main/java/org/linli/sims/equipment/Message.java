package org.linli.sims.equipment;

import org.linli.sims.link.Letter;

/** What a piece of equipment sends, and what must become of it. */
public record Message(Letter letter, Told told) {}
