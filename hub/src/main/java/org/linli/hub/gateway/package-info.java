/**
 * The endpoint for gateways, or the attachment to a broker: sessions, incoming batches, receipts.
 */
@NullMarked
package org.linli.hub.gateway;

import org.jspecify.annotations.NullMarked;
