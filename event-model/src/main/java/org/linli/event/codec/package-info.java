/**
 * The wire forms of what gateway and hub exchange: batches, receipts, registries and reports of
 * equipment as bytes, and back. docs/protocol.md describes them for other languages.
 */
@NullMarked
package org.linli.event.codec;

import org.jspecify.annotations.NullMarked;
