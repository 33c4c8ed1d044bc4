/**
 * Encodes and decodes the messages between gateway and hub: batches, receipts, registries and
 * reports of equipment. docs/protocol.md describes them for other languages.
 */
@NullMarked
package org.linli.event.codec;

import org.jspecify.annotations.NullMarked;
