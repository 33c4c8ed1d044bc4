/** The endpoint for gateways, or the attachment to a broker: sessions, batches in, receipts out. */
@NullMarked
package org.linli.hub.gateway;

import org.jspecify.annotations.NullMarked;
