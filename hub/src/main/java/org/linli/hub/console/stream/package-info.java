/**
 * Changes as they are committed, to whoever listens.
 *
 * <pre>
 *   ChangeFeed (rows) ──StreamThread, after the commit──▶ LiveStream ──▶ one listener
 *   figures ───────────────────once a second────────────▶ (newest 1,000)     each
 * </pre>
 *
 * <p>What changed is looked up and made JSON of when it is shown ({@code StreamRenderer}), never
 * within the transaction that changes it. A listener has a position and nothing else: it reads on
 * from there, from memory when it keeps up, from the rows when it is behind. What all of them are
 * given at a time has a bound in bytes; who does not take it within seconds is cut off, and goes on
 * where it was when it comes back.
 */
@NullMarked
package org.linli.hub.console.stream;

import org.jspecify.annotations.NullMarked;
