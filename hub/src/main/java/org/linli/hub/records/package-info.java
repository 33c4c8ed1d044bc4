/** The hub's records: one SQLite file, one writer, migrations. */
@NullMarked
package org.linli.hub.records;

import org.jspecify.annotations.NullMarked;
