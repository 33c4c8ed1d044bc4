/** The history in PostgreSQL: a table of events by day, for hubs that share a database. */
@NullMarked
package org.linli.hub.history.postgres;

import org.jspecify.annotations.NullMarked;
