/** Sends batches to the hub and receives its receipts. */
@NullMarked
package org.linli.edge.uplink;

import org.jspecify.annotations.NullMarked;
