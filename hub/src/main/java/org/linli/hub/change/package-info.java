/**
 * What changed, as rows.
 *
 * <pre>
 *   whoever changes something ─▶ ChangeRecorder ──with the commit──▶ rows: id, kind, subject, version
 *                                                                      │ ChangeFeed wakes who waits
 *                                                  the live stream ◀───┴───▶ DurableReader
 *                                            position in memory              position in a row
 * </pre>
 *
 * <p>A transaction writes what changed and nothing else. Whoever shows, sends or counts it reads
 * the rows after the commit, each at its own position, and looks up what the subject is then. So
 * what goes wrong there concerns neither the transaction nor other readers.
 *
 * <p>A room names its own kinds ({@link org.linli.hub.change.ChangeKind}); this one knows none of
 * them and leans on the records only.
 */
@NullMarked
package org.linli.hub.change;

import org.jspecify.annotations.NullMarked;
