/**
 * What a device reports, how an event is identified, and the wire forms that gateway and hub
 * exchange. docs/protocol.md describes the wire forms for other languages.
 */
@NullMarked
package org.linli.event;

import org.jspecify.annotations.NullMarked;
