package org.linli.hub.history;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events and series are kept.
 *
 * @param store which store (LINLI_STORE): {@code questdb}, embedded in the hub, or {@code influx},
 *     the InfluxDB that linli.influx names
 * @param history what to do with it at this start
 */
@ConfigurationProperties("linli")
record HistorySettings(@DefaultValue("questdb") String store, @DefaultValue AtStart history) {

  /**
   * @param rebuild whether to give the store everything again that the hub's records keep; the
   *     embedded one begins anew for that
   */
  record AtStart(@DefaultValue("false") boolean rebuild) {}
}
