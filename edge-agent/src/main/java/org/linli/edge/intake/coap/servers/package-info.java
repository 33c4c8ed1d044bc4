/** Devices that are CoAP servers: observed (RFC 7641) or asked again and again. */
@NullMarked
package org.linli.edge.intake.coap.servers;

import org.jspecify.annotations.NullMarked;
