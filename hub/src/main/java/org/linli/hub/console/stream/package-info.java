/**
 * Changes as they are committed, to whoever listens.
 *
 * <pre>
 *   a change ──before commit──▶ ChangeRecords (table) ──after commit──▶ LiveStream ──▶ one listener
 *   figures ────────────────────────────once a second──────────────▶   (newest 1,000)    each
 * </pre>
 *
 * <p>A listener has a position and nothing else: it reads on from there, from memory when it keeps
 * up, from the table when it is behind. However slow it is, it holds no memory.
 */
@NullMarked
package org.linli.hub.console.stream;

import org.jspecify.annotations.NullMarked;
