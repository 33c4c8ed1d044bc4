/** Bytes in, at the doors for MQTT, CoAP and HTTP; acknowledged only after the outbox has them. */
@NullMarked
package org.linli.edge.intake;

import org.jspecify.annotations.NullMarked;
