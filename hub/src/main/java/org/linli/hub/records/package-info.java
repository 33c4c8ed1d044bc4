/**
 * The hub's records: one SQLite file in the data folder, one writer, migrations in {@code
 * db/migration}.
 *
 * <p>A class that keeps records injects Spring's {@code JdbcClient} and {@code TransactionTemplate}
 * to write, and {@link org.linli.hub.records.RecordsReader} to answer queries. There is a single
 * writing connection: a transaction that opens another one ({@code REQUIRES_NEW}) waits for itself.
 *
 * <p>All SQL must run unchanged on SQLite and PostgreSQL: times are BIGINT milliseconds, booleans
 * SMALLINT 0 or 1, ids and digests TEXT, {@code INSERT … ON CONFLICT … DO UPDATE} for upserts, no
 * generated keys, columns by their names. Text of people and equipment goes through {@link
 * org.linli.hub.records.Storable}.
 */
@NullMarked
package org.linli.hub.records;

import org.jspecify.annotations.NullMarked;
