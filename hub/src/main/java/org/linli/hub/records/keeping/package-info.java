/**
 * Keeps the records safe, for commands that need no hub: checks, saves, restores and moves them
 * (docs/decisions/0075).
 */
@NamedInterface("keeping")
@NullMarked
package org.linli.hub.records.keeping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
