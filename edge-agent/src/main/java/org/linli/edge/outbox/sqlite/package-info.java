/**
 * The outbox in one SQLite file.
 *
 * <p>Start at {@code SqliteOutbox}. {@code CommitLoop} is the one thread that writes. What is
 * durable, and when, is in {@code GroupWriter}: everything of a group is on disk with its one
 * COMMIT, and devices are answered directly after it.
 *
 * <p>In that commit are, each with its own tables: the queue ({@code LaneStores}, {@code Shedder}),
 * which devices and event ids are known ({@code Identities}), the state of MQTT clients ({@code
 * SessionTable}, {@code CommandTable}), known states of devices ({@code StateTable}), and dead
 * letters ({@code DeadLetterTable}).
 */
@NullMarked
package org.linli.edge.outbox.sqlite;

import org.jspecify.annotations.NullMarked;
