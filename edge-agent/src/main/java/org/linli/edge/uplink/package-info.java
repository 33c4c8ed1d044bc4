/** Batches to the hub, receipts back. */
@NullMarked
package org.linli.edge.uplink;

import org.jspecify.annotations.NullMarked;
