/**
 * The outbox in one SQLite file.
 *
 * <p>Start at {@code SqliteOutbox}. {@code CommitLoop} is the one thread that writes. What is
 * durable, and when, is in {@code GroupWriter}: everything of a group is on disk with its one
 * COMMIT, and devices are answered directly after it.
 */
@NullMarked
package org.linli.edge.outbox.sqlite;

import org.jspecify.annotations.NullMarked;
