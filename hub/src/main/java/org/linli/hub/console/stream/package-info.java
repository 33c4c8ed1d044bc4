/**
 * Delivers changes to listeners as they are committed.
 *
 * <pre>
 *   ChangeFeed (rows) ──StreamThread, after the commit──▶ LiveStream ──▶ one listener
 *   figures ───────────────────once a second────────────▶ (newest 1,000)     each
 * </pre>
 *
 * <p>A change is looked up and converted to JSON when it is shown ({@code StreamRenderer}), never
 * in the transaction that made it. A listener has a position and nothing else. It reads on from
 * there, from memory when it keeps up, from the rows when it is behind. The data given to all
 * listeners at a time has a limit in bytes. A client that does not read it within seconds is
 * disconnected, and continues where it was when it reconnects.
 */
@NullMarked
package org.linli.hub.console.stream;

import org.jspecify.annotations.NullMarked;
