/** The durable queue between device and hub, and its ledger. */
@NullMarked
package org.linli.edge.outbox;

import org.jspecify.annotations.NullMarked;
