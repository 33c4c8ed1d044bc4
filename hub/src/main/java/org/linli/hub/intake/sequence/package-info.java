/**
 * Where each lane of a gateway is: the watermarks, the newest order of each device, the events that
 * are recognised when they come again, and the verdict about a batch.
 */
@NullMarked
package org.linli.hub.intake.sequence;

import org.jspecify.annotations.NullMarked;
