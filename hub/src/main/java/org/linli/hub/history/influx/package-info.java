/** The store for sites that already run InfluxDB, reached through its Java client. */
@NullMarked
package org.linli.hub.history.influx;

import org.jspecify.annotations.NullMarked;
