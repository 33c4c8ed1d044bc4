package org.linli.hub.history;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events and series are kept.
 *
 * @param store which store (LINLI_STORE): {@code questdb}, embedded in the hub, {@code postgres},
 *     in the database of the records, or {@code influx}, the InfluxDB configured by linli.influx
 * @param history what to do with it at this start, and what may be in it
 */
@ConfigurationProperties("linli")
record HistorySettings(@DefaultValue("questdb") String store, @DefaultValue AtStart history) {

  private static final String CONFIRM = "confirm";

  /**
   * @param rebuild whether to give the store everything again that the hub's records keep; the
   *     embedded store begins anew for that
   * @param removeAside {@value #CONFIRM} removes the earlier embedded histories that are aside,
   *     which may hold data that exists nowhere else
   * @param namesPerDevice how many values one device may be the first to name; values with further
   *     names make no series
   */
  record AtStart(
      @DefaultValue("false") boolean rebuild,
      @Nullable String removeAside,
      @DefaultValue("1000") int namesPerDevice) {

    AtStart {
      if (namesPerDevice < 128 || namesPerDevice > 100_000) {
        throw new IllegalArgumentException(
            "linli.history.names-per-device is %d: write a number from 128 to 100000"
                .formatted(namesPerDevice));
      }
      if (removeAside != null && !removeAside.equals(CONFIRM)) {
        throw new IllegalArgumentException(
            ("linli.history.remove-aside is '%s': write 'confirm' to remove the earlier histories"
                    + " that are aside, for good, or leave it out")
                .formatted(removeAside));
      }
    }

    boolean isRemovalConfirmed() {
      return removeAside != null;
    }
  }
}
