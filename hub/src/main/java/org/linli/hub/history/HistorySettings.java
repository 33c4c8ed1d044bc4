package org.linli.hub.history;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events and series are kept.
 *
 * @param store which store (LINLI_STORE): {@code questdb}, embedded in the hub, or {@code influx},
 *     the InfluxDB that linli.influx names
 */
@ConfigurationProperties("linli")
record HistorySettings(@DefaultValue("questdb") String store) {}
