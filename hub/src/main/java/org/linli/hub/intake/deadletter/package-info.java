/**
 * What could not be read, stored or used, kept for a person to look at. Console and API read it.
 */
@NamedInterface("dead-letters")
@NullMarked
package org.linli.hub.intake.deadletter;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
