/**
 * The doors for MQTT, CoAP and HTTP receive bytes from devices. They acknowledge a message only
 * after it is in the outbox.
 */
@NullMarked
package org.linli.edge.intake;

import org.jspecify.annotations.NullMarked;
