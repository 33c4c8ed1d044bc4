/**
 * The position of each lane of a gateway: watermarks, the newest order number of each device,
 * fingerprints that recognise repeated events, and the verdict about a batch.
 */
@NullMarked
package org.linli.hub.intake.sequence;

import org.jspecify.annotations.NullMarked;
