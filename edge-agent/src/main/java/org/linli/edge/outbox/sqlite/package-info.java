/** The outbox in one SQLite file. */
@NullMarked
package org.linli.edge.outbox.sqlite;

import org.jspecify.annotations.NullMarked;
