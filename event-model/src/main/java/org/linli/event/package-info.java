/**
 * What a device reports, how an event is identified, and what gateway and hub tell each other:
 * plain values. {@code codec} has the forms in which they travel.
 */
@NullMarked
package org.linli.event;

import org.jspecify.annotations.NullMarked;
