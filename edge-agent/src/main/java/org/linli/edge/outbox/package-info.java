/** The durable queue from devices to the hub, and its ledger. */
@NullMarked
package org.linli.edge.outbox;

import org.jspecify.annotations.NullMarked;
