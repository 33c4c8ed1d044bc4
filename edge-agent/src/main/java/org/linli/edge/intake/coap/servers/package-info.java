/** Devices that are CoAP servers: observed (RFC 7641) or polled. */
@NullMarked
package org.linli.edge.intake.coap.servers;

import org.jspecify.annotations.NullMarked;
