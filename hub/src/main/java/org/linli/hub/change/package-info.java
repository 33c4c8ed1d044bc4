/**
 * Changes of records, as rows.
 *
 * <pre>
 *   a writer in a transaction ─▶ ChangeRecorder ──with the commit──▶ rows: id, kind, subject, version
 *                                                                      │ ChangeFeed wakes readers
 *                                                  the live stream ◀───┴───▶ DurableReader
 *                                            position in memory              position in a row
 * </pre>
 *
 * <p>A transaction writes what changed and nothing else. Readers that show, send or count it read
 * the rows after the commit, each at its own position, and look up the present state of the
 * subject. A failure in a reader therefore affects neither the transaction nor other readers.
 *
 * <p>Each package defines its own kinds ({@link org.linli.hub.change.ChangeKind}); this one knows
 * none of them and depends on the records only.
 */
@NullMarked
package org.linli.hub.change;

import org.jspecify.annotations.NullMarked;
