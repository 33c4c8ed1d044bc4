/**
 * Dead letters of the hub: messages and events that could not be read, stored or used. A person
 * finds them in the console and the API.
 */
@NamedInterface("dead-letters")
@NullMarked
package org.linli.hub.intake.deadletter;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
