/** The CoAP door (RFC 7252) for devices. */
@NullMarked
package org.linli.edge.intake.coap;

import org.jspecify.annotations.NullMarked;
